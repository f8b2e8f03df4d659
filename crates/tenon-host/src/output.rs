//! Where a component's stdout and stderr go.

use std::io::{self, Write};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use tokio::io::AsyncWrite;
use wasmtime_wasi::cli::{IsTerminal, StdoutStream};

/// A line longer than this is passed on in pieces.
const LONGEST_LINE: usize = 64 * 1024;

/// Where a component's stdout or stderr goes.
#[derive(Debug, Clone, Default)]
pub enum Output {
    /// To the same stream of this process, as it is written.
    #[default]
    Inherit,
    /// To this process's stdout, whole lines at a time, so that lines of several writers do not mix.
    StdoutLines,
    /// To this process's stderr, whole lines at a time.
    StderrLines,
    /// Into memory.
    Capture(Capture),
    /// Nowhere.
    Discard,
}

/// Output kept in memory. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Capture(Arc<Mutex<Vec<u8>>>);

impl Capture {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// What was written so far.
    pub fn contents(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What was written so far, as text; what is not UTF-8 is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.contents()).into_owned()
    }
}

/// One of the two streams of this process.
#[derive(Debug, Clone, Copy)]
enum Standard {
    Out,
    Err,
}

impl Standard {
    fn write(self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Standard::Out => {
                let mut out = io::stdout().lock();
                out.write_all(bytes)?;
                out.flush()
            }
            Standard::Err => io::stderr().lock().write_all(bytes),
        }
    }
}

/// Gathers bytes into lines. What is left when it goes is written out, so that no last words are lost.
#[derive(Debug)]
struct Lines {
    to: Standard,
    partial: Vec<u8>,
}

impl Lines {
    fn push(&mut self, bytes: &[u8]) -> io::Result<()> {
        match bytes.iter().rposition(|b| *b == b'\n') {
            None => self.partial.extend_from_slice(bytes),
            Some(end) => {
                let (whole, rest) = bytes.split_at(end + 1);
                self.partial.extend_from_slice(whole);
                self.write_out()?;
                self.partial.extend_from_slice(rest);
            }
        }
        if self.partial.len() > LONGEST_LINE { self.write_out() } else { Ok(()) }
    }

    fn write_out(&mut self) -> io::Result<()> {
        let result = self.to.write(&self.partial);
        self.partial.clear();
        result
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        if !self.partial.is_empty() {
            self.partial.push(b'\n');
            // Nobody is left to be told.
            let _ = self.write_out();
        }
    }
}

/// The sink behind one stream of one instance. All its streams share one line buffer.
#[derive(Debug, Clone)]
pub(crate) enum Sink {
    Lines(Arc<Mutex<LineBuffer>>),
    Capture(Capture),
    Discard,
}

#[derive(Debug)]
pub(crate) struct LineBuffer(Lines);

impl Sink {
    pub(crate) fn stdout_lines() -> Self {
        Self::lines(Standard::Out)
    }

    pub(crate) fn stderr_lines() -> Self {
        Self::lines(Standard::Err)
    }

    fn lines(to: Standard) -> Self {
        Sink::Lines(Arc::new(Mutex::new(LineBuffer(Lines { to, partial: Vec::new() }))))
    }

    fn accept(&self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Sink::Lines(lines) => lines.lock().unwrap_or_else(PoisonError::into_inner).0.push(bytes),
            Sink::Capture(capture) => {
                capture.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
                Ok(())
            }
            Sink::Discard => Ok(()),
        }
    }
}

impl IsTerminal for Sink {
    fn is_terminal(&self) -> bool {
        false
    }
}

impl StdoutStream for Sink {
    fn async_stream(&self) -> Box<dyn AsyncWrite + Send + Sync> {
        Box::new(self.clone())
    }
}

impl AsyncWrite for Sink {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(self.accept(bytes).map(|()| bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capture_is_shared_by_its_clones() {
        let capture = Capture::new();
        let sink = Sink::Capture(capture.clone());
        sink.accept(b"one ").unwrap();
        sink.clone().accept(b"two").unwrap();
        assert_eq!(capture.text(), "one two");
    }

    #[test]
    fn only_whole_lines_leave_the_buffer() {
        let mut lines = Lines { to: Standard::Err, partial: Vec::new() };
        lines.push(b"").unwrap();
        lines.push(b"a partial").unwrap();
        assert_eq!(lines.partial, b"a partial");
        lines.push(b" line\nand").unwrap();
        assert_eq!(lines.partial, b"and");
        lines.partial.clear();
    }
}
