"""Finds the names in a text: tokens with a digit or an inner capital; compares them with nothing but a short list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from digest.summaries.checks.source import LATIN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from digest.summaries.checks.quantities import Quantity

# What a reader of papers is told without the paper saying so: fields, tasks, kinds of networks and hardware,
# never a model, a data set or a benchmark.
FAMILIAR = frozenset(
    "AI KI IA AGI ML DL RL NLP CV NLG NLU LLM LLMs LM VLM PLM MLLM NN DNN ANN CNN RNN LSTM GRU GNN GCN GAN VAE MLP "
    "SVM PCA SGD MCMC MDP IRL RLHF ASR TTS OCR VQA QA MT NMT NER IR KG XAI AutoML autoML GPU CPU TPU FPGA IoT API SQL HTML "
    "PDF XML JSON CSV HTTP IP OS 1D 2D 3D 4D RGB RGB-D VR AR XR MRI CT EEG ECG EKG DNA ADN RNA ARN PLN ODE PDE SDE "
    "KL IID i.i.d OOD SOTA SotA seq2seq Seq2Seq PhD arXiv US USA EU UK UN WWW ReLU softmax kNN AUC ROC BLEU ROUGE "
    "PGD FGSM RANSAC SVD FFT FFNN ERM GEMM tSNE t-SNE S2S ELBO MMD GP FDR LP MILP MIDI KR I2I MSE RMSE MAE PSNR SSIM IoU FID mAP F1 CoT RAG MoE LoRA SSL SSH COVID HPC IEEE ACM Q-learning "
    "NOT AND OR NO ALL I II III IV ИИ".split()
)
_FOLDED = frozenset(name.replace("-", "").replace(".", "") for name in FAMILIAR)

_COMPOUND = re.compile(rf"[{LATIN}0-9]+(?:[-_.+'’][{LATIN}0-9]+)*")
_PART = re.compile(rf"[{LATIN}0-9]+(?:\.[0-9]+)*")
_DIGIT = re.compile("[0-9]")
_ORDINAL = re.compile(r"[0-9]+(?:st|nd|rd|th|er|e|re|º|ª)|(?:19|20)[0-9]0s")
_BEFORE_NUMBER = frozenset("pre post mid sub non over under near early late top".split())


class Name(NamedTuple):
    """A name where a text has it; `end` is where it ends."""

    words: str
    start: int
    end: int


def names_in(text: str, quantities: Collection[Quantity]) -> Iterator[Name]:
    """Yield each compound of a text that holds a name, without its number in front.

    Args:
        text: from `quantities.normalised`.
        quantities: what is a number with its unit there, and so no name (“7B”, “10x”, “24-hour”).
    """
    ends = {quantity.start: quantity.end for quantity in quantities}
    for found in _COMPOUND.finditer(text):
        if found[0][1:].islower() and not _DIGIT.search(found[0]):
            continue
        start, end = found.span()
        if any(quantity.start < start < quantity.end for quantity in quantities):
            continue
        if _ORDINAL.fullmatch(found[0]):
            continue
        while start in ends and ends[start] < end and text[ends[start]] in "-x_.'’":
            start = ends[start] + 1
        if ends.get(start, 0) >= end:
            continue
        words = text[start:end]
        first, _, rest = words.partition("-")
        if first.lower() in _BEFORE_NUMBER and rest[:1].isdigit():
            continue
        if is_name(words):
            yield Name(words, start, end)


def is_name(word: str) -> bool:
    """Tell whether a token has a digit or, in one of its parts, a capital behind the first letter."""
    if any(sign.isdigit() for sign in word):
        return True
    return any(any(sign.isupper() for sign in part[1:]) for part in _PART.findall(word))


def is_acronym(name: str) -> bool:
    """Tell whether a name may be made of initials: letters and digits with a capital behind the first."""
    return name.isalnum() and name[1:] != name[1:].lower()


def is_familiar(name: str) -> bool:
    """Tell whether a name is one that needs no source, one of them or many."""
    folded = name.replace("-", "").replace(".", "")
    return folded in _FOLDED or (folded.endswith("s") and folded[:-1] in _FOLDED)


def parts_of(name: str) -> list[str]:
    """Split a compound at its hyphens and apostrophes."""
    return _PART.findall(name)
