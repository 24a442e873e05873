"""How the look-alike looks, dark and light."""

STYLE = """
*{box-sizing:border-box}
body{margin:0;font:16px/22px "gg sans","Noto Sans","Noto Sans CJK SC",Helvetica,Arial,sans-serif;
 background:var(--wall);color:var(--ink);min-height:100vh;-webkit-font-smoothing:antialiased}
.dark{--wall:#1a1a1e;--bar:#1a1a1e;--card:#242429;--edge:#ffffff14;--ink:#dfe0e2;--head:#fff;--soft:#94959c;
 --small:#abacb2;--link:#5197ed;--code:#ffffff0f;--line:#ffffff1a;--key:#ffffff14;--keyink:#fff;--well:#131317}
.light{--wall:#fff;--bar:#fff;--card:#fff;--edge:#97979f40;--ink:#323339;--head:#242429;--soft:#6f717a;
 --small:#5c5e66;--link:#1f65d6;--code:#97979f1f;--line:#97979f40;--key:#97979f2e;--keyink:#2f3035;--well:#f3f3f4}
header{display:flex;gap:8px;align-items:center;height:48px;padding:0 16px;background:var(--bar);
 border-bottom:1px solid var(--line);position:sticky;top:0}
header b{color:var(--soft);font-size:24px;font-weight:500}
header h1{font-size:16px;line-height:20px;font-weight:600;color:var(--head);margin:0;white-space:nowrap}
header span{color:var(--soft);font-size:14px;border-left:1px solid var(--line);padding-left:12px;
 margin-left:8px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
main{padding:8px 0 24px}
section{padding:2px 48px 2px 72px;position:relative}
section.first{margin-top:17px}
section>i{position:absolute;left:16px;top:2px;width:40px;height:40px;border-radius:50%;background:#4a6fa5;
 color:#fff;font-style:normal;font-weight:600;display:grid;place-items:center;text-transform:uppercase}
section h2{font-size:16px;line-height:22px;font-weight:500;color:var(--head);margin:0;display:flex;
 align-items:center;gap:4px}
section h2 em{background:#5865f2;color:#fff;font:600 12px/15px inherit;font-family:inherit;font-style:normal;
 font-size:12px;line-height:15px;border-radius:4px;padding:0 4px}
section h2 time{font-size:12px;font-weight:400;color:var(--soft);margin-left:4px}
.content{white-space:pre-wrap;overflow-wrap:break-word}
.components{display:flex;flex-direction:column;gap:8px;margin-top:2px}
.container{max-width:600px;background:var(--card);border:1px solid var(--edge);border-radius:8px;padding:16px;
 display:flex;flex-direction:column;gap:8px;position:relative;overflow:hidden;margin-top:4px}
.accented::before{content:"";position:absolute;left:0;top:0;bottom:0;width:4px;background:var(--accent)}
.section{display:flex;gap:16px;justify-content:space-between;align-items:flex-start}
.section>div{display:flex;flex-direction:column;gap:8px;min-width:0;flex:1}
.row{display:flex;flex-wrap:wrap;gap:8px}
button{border:1px solid transparent;border-radius:8px;min-height:32px;min-width:60px;padding:2px 15px;
 background:var(--key);color:var(--keyink);font:500 14px/18px inherit;font-family:inherit;white-space:nowrap;
 display:inline-flex;align-items:center;justify-content:center;gap:8px;flex:none;border-color:var(--edge)}
button.primary{background:#5865f2;color:#fff}button.success{background:#00863a;color:#fff}
button.danger{background:#d22d39;color:#fff}button:disabled{opacity:.5}
button svg,.select svg{width:16px;height:16px;flex:none}
.select{background:var(--well);border:1px solid var(--edge);border-radius:8px;padding:8px 12px;width:400px;
 max-width:100%;display:flex;justify-content:space-between;align-items:center;font-size:14px}
hr{border:0;width:100%;margin:0}
hr.line{border-top:1px solid var(--line)}
hr.near{margin:4px 0}hr.far{margin:12px 0}
a{color:var(--link);text-decoration:none}
h3,h4,h5{color:var(--head);font-weight:700;margin:16px 0 8px}
.content>:is(h3,h4,h5):first-child{margin-top:0}.content>:is(h3,h4,h5):last-child{margin-bottom:0}
h3{font-size:24px;line-height:33px}h4{font-size:20px;line-height:27.5px}h5{font-size:16px;line-height:22px}
strong{font-weight:600}
small{display:block;font-size:13px;line-height:18px;color:var(--small)}
code{font:85%/18px "Noto Sans Mono","DejaVu Sans Mono",Consolas,monospace;background:var(--code);
 border:1px solid var(--edge);border-radius:4px;padding:0 3px}
pre{background:var(--well);border:1px solid var(--edge);border-radius:4px;padding:8px;margin:6px 0 0;
 font:14px/18px "Noto Sans Mono",monospace;white-space:pre-wrap}
ul,ol{margin:4px 0 0 16px;padding:0}li{margin-bottom:4px;white-space:pre-wrap}
blockquote{margin:0;padding:0 8px 0 12px;border-left:4px solid var(--line);border-radius:4px}
.mention{background:#5865f24d;color:#c9cdfb;border-radius:3px;padding:0 2px}
.spoiler{background:var(--soft);color:transparent;border-radius:4px}
.gallery{display:grid;gap:4px}
figure{margin:0;background:var(--well);border-radius:8px;min-height:200px;color:var(--soft);display:grid;
 place-items:center;font-size:14px;padding:16px;text-align:center}
figure.thumbnail{width:85px;height:85px;min-height:0;flex:none}
.aside{font-size:12px;line-height:16px;color:var(--soft);margin:4px 0 0}
@media (max-width:520px){
 section{padding:2px 12px 2px 12px}section.first{padding-left:64px}section.first .components{margin-left:0}
 section:not(.first){padding-left:64px}section>i{left:12px}
 h3{font-size:22px;line-height:28px}h4{font-size:19px;line-height:24px}
 .container{padding:12px 12px 12px 14px}
 header{padding:0 12px}
}
"""
