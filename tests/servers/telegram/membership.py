"""What members of a chat may do, as the Bot API lists it."""

from __future__ import annotations

from typing import Any

_ADMIN_RIGHTS = (
    "can_be_edited can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members "
    "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories "
    "can_delete_stories can_send_welcome_messages"
).split()
_PERMISSIONS = (
    "can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos "
    "can_send_video_notes can_send_voice_notes can_send_polls can_send_other_messages "
    "can_add_web_page_previews can_change_info can_invite_users can_pin_messages can_manage_topics "
    "can_edit_tag can_react_to_messages"
).split()


def rights(status: str, kind: str, *, forum: bool) -> dict[str, Any]:
    """List what somebody of this status may do in a chat of this kind."""
    if status == "creator":
        return {"is_anonymous": False}
    if status == "administrator":
        card = {right: right not in ("can_be_edited", "can_promote_members") for right in _ADMIN_RIGHTS}
        card["is_anonymous"] = False
        if kind == "channel":
            card |= {"can_post_messages": True, "can_edit_messages": True}
        return card | ({"can_manage_topics": True} if forum else {})
    if status == "restricted":
        return dict.fromkeys(_PERMISSIONS, False) | {"is_member": True, "until_date": 0}
    return {"until_date": 0} if status == "kicked" else {}
