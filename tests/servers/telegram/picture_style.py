"""How the look-alike looks, by day and by night."""

STYLE = """
*{box-sizing:border-box}
body{margin:0;font:16px/1.34 system-ui,"Noto Sans","Noto Sans CJK SC","DejaVu Sans",sans-serif;
 background:var(--wall);color:var(--ink);min-height:100vh}
.light{--wall:#d5e3c8;--theirs:#fff;--mine:#e7fdcc;--ink:#111;--link:#2a81cc;--soft:#71808c;
 --bar:#fff;--quote:#eaf4fc;--edge:#3390ec;--key:#5a7a4f99;--keyink:#fff;--code:#8a3b00;--line:#d4dbe0;--well:#f1f4f6}
.dark{--wall:#0e1621;--theirs:#182533;--mine:#2b5278;--ink:#f3f5f7;--link:#6ab3f3;--soft:#8296a7;
 --bar:#17212b;--quote:#1f3347;--edge:#6ab3f3;--key:#2a3a4acc;--keyink:#fff;--code:#e8b46c;--line:#31414f;--well:#101b26}
header{display:flex;gap:12px;align-items:center;padding:8px 14px;background:var(--bar);
 border-bottom:1px solid var(--line);position:sticky;top:0}
header i{width:40px;height:40px;border-radius:50%;background:var(--edge);color:#fff;font-style:normal;
 display:grid;place-items:center;text-transform:uppercase}
header small{display:block;color:var(--soft)}
main{padding:10px 8px;display:flex;flex-direction:column;gap:8px}
section{max-width:88%;align-self:flex-start;min-width:40%}
section.mine{align-self:flex-end;min-width:0}
.bubble{background:var(--theirs);border-radius:14px;border-bottom-left-radius:4px;padding:7px 11px 5px;
 overflow-wrap:anywhere}
.mine .bubble{background:var(--mine);border-radius:14px;border-bottom-right-radius:4px}
.text{white-space:pre-wrap}
.name{color:var(--link);font-weight:600}
.meta{text-align:right;font-size:12px;color:var(--soft);margin-top:1px}
a{color:var(--link);text-decoration:none}
code,pre{font-family:"DejaVu Sans Mono","Noto Sans Mono",monospace;font-size:14px;color:var(--code)}
pre{background:var(--well);border-radius:6px;border-left:3px solid var(--code);padding:6px 8px;margin:4px 0;
 white-space:pre-wrap}
.spoiler{background:var(--soft);color:transparent;border-radius:3px}
blockquote{margin:3px 0;padding:4px 24px 4px 9px;border-left:3px solid var(--edge);border-radius:5px;
 background:var(--quote);font-size:15px;position:relative}
blockquote.closed>div{display:-webkit-box;-webkit-line-clamp:3;-webkit-box-orient:vertical;overflow:hidden}
blockquote.expandable::after{content:"";position:absolute;right:9px;bottom:9px;width:7px;height:7px;
 border:solid var(--edge);border-width:0 2px 2px 0;transform:rotate(45deg)}
blockquote.opened::after{transform:rotate(225deg);bottom:5px}
.reply{border-left:3px solid var(--edge);border-radius:4px;background:var(--quote);padding:2px 8px;
 margin-bottom:4px;font-size:14px}
.keyboard{margin-top:4px}
.row{display:flex;gap:4px;margin-bottom:4px}
.row button{flex:1;min-width:0;border:0;border-radius:8px;padding:9px 4px;
 background:var(--key);color:var(--keyink);
 font:500 14px/1.2 inherit;font-family:inherit;position:relative;overflow:hidden;text-overflow:ellipsis;
 white-space:nowrap}
.row button sup{position:absolute;top:2px;right:5px;font-size:10px}
.inner button{background:var(--quote);color:var(--link)}
.draft .bubble{opacity:.75}
.draft .stop{margin-top:4px;border:0;border-radius:8px;padding:6px 12px;background:var(--quote);
 color:var(--link);font:500 14px/1.2 inherit;font-family:inherit}
.service{align-self:center;background:var(--key);color:var(--keyink);border-radius:12px;padding:3px 10px;
 font-size:13px;margin:2px}
.photo{background:var(--line);color:var(--soft);border-radius:8px;height:150px;display:grid;place-items:center;
 margin:2px 0}
.file{background:var(--quote);border-radius:8px;padding:10px;color:var(--link)}
.rich p{margin:0 0 7px}.rich h1,.rich h2,.rich h3,.rich h4,.rich h5,.rich h6{margin:8px 0 4px;
 line-height:1.25}
.rich h1{font-size:22px}.rich h2{font-size:20px}.rich h3{font-size:18px}
.rich h4,.rich h5,.rich h6{font-size:16px}
.rich hr{border:0;border-top:1px solid var(--line);margin:8px 0}
.rich .footer,.rich .caption,.rich footer{color:var(--soft);font-size:14px}
.rich details{border-top:1px solid var(--line);border-bottom:1px solid var(--line);padding:6px 0;margin:6px 0}
.rich summary{font-weight:600}
.item{display:flex;gap:8px}.item>span{min-width:1em}.item p{margin:0 0 3px}
.math{font-family:"DejaVu Serif",serif;font-style:italic}
p.math{text-align:center}.pull{text-align:center;font-style:italic}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:14px}td,th{padding:3px 7px}
.bordered td,.bordered th{border:1px solid var(--line)}.striped tr:nth-child(even){background:var(--well)}
mark{background:#ffe58f;color:#111}
form.say{position:sticky;bottom:0;display:flex;gap:6px;padding:8px;background:var(--bar)}
form.say input{flex:1;padding:9px;border-radius:10px;border:1px solid var(--line);font:inherit;
 background:var(--theirs);color:var(--ink)}
"""
