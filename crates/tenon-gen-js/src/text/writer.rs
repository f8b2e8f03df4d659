//! A writer that knows lines and blocks.

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
    /// A writer whose lines begin so many steps in.
    pub(crate) fn at(indent: usize) -> Writer {
        Writer { text: String::new(), indent }
    }

    /// One line, or several.
    pub(crate) fn line(&mut self, line: impl AsRef<str>) {
        for line in line.as_ref().split('\n') {
            if !line.is_empty() {
                self.text.extend(std::iter::repeat_n("  ", self.indent));
                self.text.push_str(line);
            }
            self.text.push('\n');
        }
    }

    /// `open`, what `body` writes one step further in, and `close`.
    pub(crate) fn block<T>(
        &mut self,
        open: impl AsRef<str>,
        close: &str,
        body: impl FnOnce(&mut Writer) -> T,
    ) -> T {
        self.line(open);
        self.indent += 1;
        let value = body(self);
        self.indent -= 1;
        self.line(close);
        value
    }

    /// What `body` writes, one step further in.
    pub(crate) fn indented<T>(&mut self, body: impl FnOnce(&mut Writer) -> T) -> T {
        self.indent += 1;
        let value = body(self);
        self.indent -= 1;
        value
    }

    /// How far lines are in.
    pub(crate) fn indent(&self) -> usize {
        self.indent
    }

    /// A JSDoc comment, if there is something to say.
    pub(crate) fn doc(&mut self, text: &str) {
        let text = text.trim().replace("*/", "*\u{200b}/");
        let mut lines = text.lines();
        match (lines.next(), lines.next()) {
            (None, _) => {}
            (Some(only), None) => self.line(format!("/** {only} */")),
            _ => {
                self.line("/**");
                for line in text.lines() {
                    self.line(format!(" * {line}").trim_end());
                }
                self.line(" */");
            }
        }
    }

    /// What was written by another writer, which has its own indentation.
    pub(crate) fn raw(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Whether nothing was written.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text.
    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_and_docs() {
        let mut w = Writer::default();
        w.doc("One.");
        w.block("if (x) {", "}", |w| {
            w.doc("Two\n\nlines");
            emit!(w, "f({});", 1);
        });
        assert_eq!(
            w.into_text(),
            "/** One. */\nif (x) {\n  /**\n   * Two\n   *\n   * lines\n   */\n  f(1);\n}\n"
        );
    }
}
