//! `stress [OPTIONS] COMPONENT.wasm…`: Go components under a host that plays both fair and foul. Random schedules of calls,
//! cancellations, closes, payload sizes and settings of the collector, all from a seed, are checked against a model.
//!
//! The clock is the host's own: it stands still while anybody has something to do. So a run is over in no time however long
//! its goroutines sleep, all that a clock decides is exact, a hang is noticed at once, and a seed replays exactly. The
//! components are those of `tests/stress`; a few seeds run with the other tests, and `cargo xtask stress` runs others for as
//! long as one likes.

mod clock;
mod ends;
#[path = "../../tests/values/engine.rs"]
mod engine;
mod host;
mod kitchen;
mod model;
mod orders;
mod plays;
#[path = "../../tests/values/random.rs"]
mod random;
mod run;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use host::Restaurant;
use wasmtime::error::Context as _;
use wasmtime::{Engine, Result, ensure};

/// How often something is said on the way.
const NEWS: Duration = Duration::from_secs(60);

/// Puts kitchens, and waiters with kitchens, under load.
#[derive(Debug, Parser)]
pub(crate) struct Args {
    /// How many seeds are tried with each component.
    #[arg(long, default_value_t = 10)]
    seeds: u64,

    /// The first seed.
    #[arg(long, default_value_t = 0)]
    start: u64,

    /// Only this seed.
    #[arg(long, conflicts_with_all = ["seeds", "start", "minutes"])]
    seed: Option<u64>,

    /// Try seeds until so many minutes are over.
    #[arg(long, conflicts_with = "seeds")]
    minutes: Option<u64>,

    /// No more than so many plays at a time: for a failure in fewer steps.
    #[arg(long, value_name = "N")]
    pub(crate) plays: Option<usize>,

    /// Say when each play begins and ends.
    #[arg(long)]
    pub(crate) verbose: bool,

    #[arg(required = true)]
    components: Vec<PathBuf>,
}

fn main() -> ExitCode {
    match stress(&Args::parse()) {
        Ok(tally) if tally.failed == 0 => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:?}");
            ExitCode::from(2)
        }
    }
}

/// Counts.
#[derive(Default)]
struct Tally {
    runs: u64,
    plays: u64,
    failed: u64,
}

fn stress(args: &Args) -> Result<Tally> {
    // WASI's implementation wants to be inside a runtime, though nothing here waits for one.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let _inside = runtime.enter();
    let engine = Engine::new(&engine::config())?;
    let restaurants = args.components.iter().map(|path| open(&engine, path)).collect::<Result<Vec<_>>>()?;
    let mut tally = Tally::default();
    let mut news = Instant::now();
    for seed in seeds(args) {
        for (path, restaurant) in &restaurants {
            play(path, restaurant, seed, args, &mut tally);
        }
        if news.elapsed() > NEWS {
            news = Instant::now();
            println!("{}, at seed {seed}", tally.said());
        }
    }
    println!("{}", tally.said());
    ensure!(tally.plays > 0, "nothing was played");
    Ok(tally)
}

/// The seeds to try, while there is time.
fn seeds(args: &Args) -> impl Iterator<Item = u64> {
    let (first, count) = match (args.seed, args.minutes) {
        (Some(seed), _) => (seed, 1),
        (None, Some(_)) => (args.start, u64::MAX - args.start),
        (None, None) => (args.start, args.seeds),
    };
    let end = args.minutes.map(|minutes| Instant::now() + Duration::from_secs(60 * minutes));
    (first..first + count).take_while(move |_| end.is_none_or(|end| Instant::now() < end))
}

fn open<'a>(engine: &Engine, path: &'a Path) -> Result<(&'a Path, Restaurant)> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let restaurant = Restaurant::new(engine, &bytes).with_context(|| path.display().to_string())?;
    Ok((path, restaurant))
}

fn play(path: &Path, restaurant: &Restaurant, seed: u64, args: &Args, tally: &mut Tally) {
    tally.runs += 1;
    match run::run(restaurant, seed, args) {
        Ok(plays) => tally.plays += plays,
        Err(error) => {
            tally.failed += 1;
            println!("FAILED {} --seed {seed}: {error:?}", path.display());
        }
    }
}

impl Tally {
    fn said(&self) -> String {
        format!("{} runs, {} plays, {} failed", self.runs, self.plays, self.failed)
    }
}
