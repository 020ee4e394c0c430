/** The whole look of the report: on a screen, on a phone, on paper. `running` stands at the head of every printed page. */
export function style(running: string): string {
  return `
:root{--ink:#13201f;--faint:#50605e;--line:#c3cecb;--wash:#eef4f2;--brand:#0c4a45;--link:#0b5394;--warn:#8a1c12;--warnwash:#fdf0ee;--context:#6b4a00;--contextwash:#fff8e5}
*{box-sizing:border-box}
html{font-size:100%;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;color:var(--ink);background:#fff;font:1.0625rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Helvetica,Arial,sans-serif;overflow-wrap:anywhere}
a{color:var(--link)}
a:focus-visible,.scroll:focus-visible{outline:3px solid #1a1a1a;outline-offset:2px;background:#ffe08a}
.skip{position:absolute;left:-999rem}.skip:focus{left:1rem;top:1rem;background:#fff;padding:.5rem}
header{background:var(--brand);color:#fff;border-bottom:.35rem solid #e0a526}
header div,main{max-width:62rem;margin:0 auto;padding:0 1.25rem}
header div{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline;padding-top:.7rem;padding-bottom:.7rem}
header p{margin:0}.brand{font-weight:700;font-size:1.4rem;letter-spacing:-.02em}
main{padding-bottom:4rem}
h1,h2,h3,h4{line-height:1.2;overflow-wrap:anywhere;break-after:avoid;text-wrap:balance}
h1{font-size:2.25rem;margin:2rem 0 1.25rem}
h2{font-size:1.75rem;margin:3.25rem 0 1rem;padding-top:1rem;border-top:.2rem solid var(--brand)}
h3{font-size:1.3rem;margin:2.25rem 0 .75rem}
h4{font-size:1.1rem;margin:2rem 0 .5rem}
p{margin:0 0 1rem;max-width:44rem}
.small,.turn .small,figcaption{font-size:.875rem;color:var(--faint)}
code{font:.875em/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace;overflow-wrap:anywhere}
bdi{unicode-bidi:isolate;white-space:pre-wrap}
.mark{font:700 .7em/1 ui-monospace,Menlo,Consolas,monospace;border:1px solid currentColor;border-radius:.2em;padding:.05em .25em;margin:0 .1em;color:var(--warn);background:#fff;unicode-bidi:isolate;white-space:nowrap}
.notice{border-left:.4rem solid var(--brand);background:var(--wash);padding:1rem 1.25rem .25rem;margin:0 0 1.75rem;break-inside:avoid}
.notice .title{font-size:1.4rem;font-weight:700;line-height:1.25;margin-bottom:.5rem}
.notice.warning{border-color:var(--warn);background:var(--warnwash)}.notice.warning .title{color:var(--warn);font-size:1.2rem}
dl{margin:0 0 1.75rem;border-top:1px solid var(--line)}
dl>div{display:grid;grid-template-columns:minmax(9rem,15rem) 1fr;gap:.1rem 1.5rem;padding:.55rem 0;border-bottom:1px solid var(--line);break-inside:avoid}
dt{font-weight:700}dd{margin:0;white-space:pre-wrap}
ul{margin:0 0 1.25rem;padding-left:1.25rem;max-width:48rem}li{margin-bottom:.6rem}
ul.columns{columns:15rem;column-gap:2rem;max-width:none;list-style:none;padding:0;font-size:.9375rem}ul.columns li{margin:0 0 .15rem;break-inside:avoid}
nav ul{list-style:none;padding:0}nav li{margin-bottom:.3rem}
.scroll{overflow-x:auto;margin:0 0 1.75rem}
table{border-collapse:collapse;width:100%;font-size:.9375rem;line-height:1.4}
caption{text-align:left;font-weight:700;font-size:1.0625rem;padding:0 0 .5rem;break-after:avoid}
th,td{text-align:left;vertical-align:top;padding:.5rem .9rem .5rem 0;border-bottom:1px solid var(--line);min-width:4.5rem;white-space:pre-line}
thead th{vertical-align:bottom;border-bottom:2px solid var(--ink);overflow-wrap:normal}
tbody th{font-weight:400}
.number{text-align:right;font-variant-numeric:tabular-nums;padding-right:0;padding-left:.9rem}
tfoot th,tfoot td{font-weight:700;border-top:2px solid var(--ink);border-bottom:0}
tr:target,.turn:target{background:#ffe08a}
.wide table{min-width:46rem}
figure{margin:0 0 1.75rem}figcaption{margin-top:.35rem}
figure.chart figcaption{font-size:1.0625rem;font-weight:700;color:var(--ink);margin:0 0 .5rem}
svg{display:block;width:100%;height:9.5rem;border-top:1px solid var(--line);border-bottom:1px solid var(--ink)}.axis{display:flex;justify-content:space-between;max-width:none;margin:.15rem 0;font-size:.875rem;color:var(--faint)}.chart .axis+p{margin-top:.75rem}
.turns{list-style:none;margin:0 0 1.5rem;padding:0;max-width:48rem}
.day{margin:1.5rem 0 .75rem;font-weight:700;text-align:center;border-bottom:1px solid var(--line);break-after:avoid}
.turn{margin:0 0 .75rem;padding:.6rem .9rem;border:1px solid var(--line);border-left:.35rem solid var(--faint);max-width:42rem;break-inside:avoid-page}
.turn.long{break-inside:auto}
.turn.out{margin-left:clamp(0rem,10vw,6rem);background:var(--wash);border-left-color:var(--brand)}
.turn.context{background:var(--contextwash);border-style:dashed;border-left:.35rem double var(--context)}
.turn figure{margin:.5rem 0}.turn p{margin:.2rem 0;max-width:none}
.turn .head{font-weight:700;font-size:.9375rem}
.tag{display:inline-block;font-size:.8125rem;font-weight:700;border:1px solid currentColor;border-radius:.2rem;padding:0 .4rem;margin-right:.35rem;color:var(--context);background:#fff}
.text{white-space:pre-line;overflow:clip;overflow-clip-margin:.3rem}
.pictures{display:flex;flex-wrap:wrap;gap:1.25rem;margin:0 0 1.75rem}
.pictures figure{margin:0;max-width:20rem;break-inside:avoid}
img{display:block;max-width:100%;max-height:24rem;height:auto;width:auto;border:1px solid var(--line)}
pre{background:var(--wash);padding:.75rem 1rem;white-space:pre-wrap;margin:0 0 1rem}
@media (max-width:40rem){body{font-size:1rem}h1{font-size:1.7rem}h2{font-size:1.4rem}dl>div{grid-template-columns:1fr}.turn.out{margin-left:1rem}
.stack thead{position:absolute;clip-path:inset(50%);height:1px;width:1px;overflow:hidden}.stack table,.stack tbody,.stack tfoot,.stack tr,.stack th,.stack td,.stack caption{display:block}
.stack tr{border-bottom:2px solid var(--line);padding:.4rem 0}.stack td,.stack th{border:0;padding:.15rem 0;text-align:left}.stack td::before,.stack tbody th::before{content:attr(data-title) ": ";font-weight:700}.wide.stack table{min-width:0}.stack td:empty{display:none}.stack .number{padding:.15rem 0}}
@page{size:A4;margin:22mm 17mm 20mm;@top-left{content:${cssString(running)};font:8pt sans-serif;color:#50605e}@bottom-right{content:"Page " counter(page) " of " counter(pages);font:8pt sans-serif;color:#50605e}}
@media print{html{font-size:10pt}body{font-size:1rem}header{background:#fff;color:#000;border-bottom-color:#000}header div,main{max-width:none;padding-left:0;padding-right:0}h2{font-size:16pt}h3{font-size:13pt}
.skip{display:none}a{color:inherit;text-decoration:none}.scroll{overflow:visible}.wide table{min-width:0}table{font-size:8.5pt}thead{display:table-header-group}tfoot{display:table-row-group}tr{break-inside:avoid}
.turn.out{margin-left:12mm}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`
}

/** A string of CSS: everything but letters, digits and spaces by its number. */
function cssString(text: string): string {
  return `"${text.replace(/[^A-Za-z0-9 ]/gu, (found) => `\\${(found.codePointAt(0) ?? 0xfffd).toString(16)} `)}"`
}
