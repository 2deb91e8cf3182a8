/**
 * C0, DEL and C1, the separators that some readers take for a line's end, and the marks that change the direction of a
 * text: they are invisible, and a terminal obeys them.
 */
const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A text that came from elsewhere (a name, a message of the API) as people may be shown it, on one line: each control
 * character as JSON would escape it, `\n` or `\u001b`.
 */
export function visible(text: string): string {
  return text.replace(CONTROL, escaped);
}

/** The same for a text of lines: their ends stay, as line feeds. */
export function visibleLines(text: string): string {
  return text.split(/\r?\n/).map(visible).join('\n');
}

function escaped(control: string): string {
  const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[control];
  return short ?? `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
