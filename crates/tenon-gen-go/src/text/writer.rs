//! A writer that knows blocks and columns, and nothing of Go's grammar.

use std::fmt::Write as _;

/// Ends a cell: the next one is aligned with the one below, as gofmt does.
pub(crate) const CELL: char = '\u{b}';

/// Text in the making.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    text: String,
    indent: usize,
}

/// Writes one line with `format!`.
macro_rules! emit {
    ($w:expr) => { $w.line("") };
    ($w:expr, $($arg:tt)*) => { $w.line(format!($($arg)*)) };
}
pub(crate) use emit;

impl Writer {
    /// One line, or several.
    pub(crate) fn line(&mut self, line: impl AsRef<str>) {
        for line in line.as_ref().split('\n') {
            if !line.is_empty() {
                self.text.extend(std::iter::repeat_n('\t', self.indent));
                self.text.push_str(line);
            }
            self.text.push('\n');
        }
    }

    /// `open`, what `body` writes one step further in, and `close`.
    pub(crate) fn block(&mut self, open: impl AsRef<str>, close: &str, body: impl FnOnce(&mut Writer)) {
        self.line(open);
        self.indent += 1;
        body(self);
        self.indent -= 1;
        self.line(close);
    }

    /// One step further out, for one line: the `case` of a `switch`.
    pub(crate) fn outdented(&mut self, line: impl AsRef<str>) {
        self.indent -= 1;
        self.line(line);
        self.indent += 1;
    }

    /// A comment, one line for each of `text`'s.
    pub(crate) fn comment(&mut self, text: &str) {
        for line in text.lines() {
            let space = if line.is_empty() || line.starts_with('\t') { "" } else { " " };
            self.line(format!("//{space}{line}"));
        }
    }

    /// What was written by somebody else.
    pub(crate) fn append(&mut self, text: &str) {
        text.lines().for_each(|line| self.line(line));
    }

    /// Whether nothing was written.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text as it is, columns still unaligned.
    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

/// Puts the cells of neighbouring lines below each other, and makes several empty lines one.
pub(crate) fn align(text: &str) -> String {
    let mut lines: Vec<Vec<String>> =
        text.lines().map(|line| line.split(CELL).map(str::to_string).collect()).collect();
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    for column in 0..columns.saturating_sub(1) {
        let mut start = 0;
        while start < lines.len() {
            let run = lines[start..].iter().take_while(|cells| cells.len() > column + 1).count();
            let cells = &mut lines[start..start + run];
            let width = cells.iter().map(|cells| cells[column].chars().count()).max().unwrap_or(0) + 1;
            for line in cells {
                let pad = width - line[column].chars().count();
                line[column].extend(std::iter::repeat_n(' ', pad));
            }
            start += run.max(1);
        }
    }
    let mut aligned = String::with_capacity(text.len());
    let mut blank = true;
    for line in lines.into_iter().map(|cells| cells.concat()) {
        // One empty line is enough, and none at the start.
        if !(line.is_empty() && blank) {
            let _ = writeln!(aligned, "{line}");
        }
        blank = line.is_empty();
    }
    aligned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns() {
        let text = "type T struct {\n\tA\u{b}int\n\tLong\u{b}string\n\n\tB\u{b}bool\n}\n";
        assert_eq!(align(text), "type T struct {\n\tA    int\n\tLong string\n\n\tB bool\n}\n");
    }

    #[test]
    fn blocks() {
        let mut w = Writer::default();
        w.block("if x {", "}", |w| emit!(w, "f({})", 1));
        assert_eq!(w.into_text(), "if x {\n\tf(1)\n}\n");
    }
}
