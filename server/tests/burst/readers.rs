//! People who read, calmly: each looks at something several times a second, some on a connection that stays,
//! as a browser does, and some who have only just come.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use reqwest::Client;
use tokio::{runtime, task::JoinSet, time::sleep};

use super::wire::{Fate, TIMEOUT, Wire};

const READERS: usize = 16;
const PAUSE: Duration = Duration::from_millis(150);

/// What they met.
#[derive(Debug)]
pub(crate) struct Report {
    /// Who was there before the crowd, and reads what is kept, or a file: no crowd is a reason to wait.
    pub(crate) steady: Waits,
    /// Who comes with the crowd, or wants a page that is made for them.
    pub(crate) others: Waits,
}

/// How long they waited.
#[derive(Debug)]
#[expect(dead_code, reason = "all of it is printed")]
pub(crate) struct Waits {
    asked: usize,
    pub(crate) refused: usize,
    half: Duration,
    pub(crate) of_99: Duration,
    most: Duration,
}

impl Waits {
    fn of<'a>(met: impl Iterator<Item = &'a Met>) -> Self {
        let mut refused = 0;
        let mut took: Vec<_> = met.inspect(|met| refused += usize::from(met.is_refused)).map(|met| met.took).collect();
        took.sort_unstable();
        let of = |percent| took.get(took.len() * percent / 100).or(took.last()).copied().unwrap_or_default();
        Self { asked: took.len(), refused, half: of(50), of_99: of(99), most: of(100) }
    }
}

/// One answer, or none.
struct Met {
    took: Duration,
    is_refused: bool,
    is_steady: bool,
}

pub(crate) struct Readers {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<Vec<Met>>,
}

impl Readers {
    /// Each has read once when this returns: they came before the crowd.
    pub(crate) fn begin(wire: &Wire) -> Self {
        let wire = *wire;
        let stop = Arc::new(AtomicBool::new(false));
        let told = stop.clone();
        let (ready, begun) = std::sync::mpsc::channel();
        let thread = thread::spawn(move || {
            let runtime = runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let paths = Arc::new(paths(wire).await);
                let mut readers = JoinSet::new();
                for number in 0..READERS {
                    readers.spawn(read(wire, number, paths.clone(), told.clone(), ready.clone()));
                }
                readers.join_all().await.into_iter().flatten().collect()
            })
        });
        for _ in 0..READERS {
            begun.recv().expect("a reader begins");
        }
        Self { stop, thread }
    }

    pub(crate) fn end(self) -> Report {
        self.stop.store(true, Ordering::Relaxed);
        let met = self.thread.join().expect("they read to the end");
        Report {
            steady: Waits::of(met.iter().filter(|met| met.is_steady)),
            others: Waits::of(met.iter().filter(|met| !met.is_steady)),
        }
    }
}

/// What they read: lists, title pages and chapters, which are kept, files, and one page that is made for each.
async fn paths(wire: Wire) -> Vec<String> {
    let get = async |path: &str| {
        let answer = reqwest::get(format!("{}{path}", wire.base())).await.expect("an answer");
        answer.text().await.expect("a page")
    };
    let stories = links(&get("/novels").await, "/novels/");
    let chapters = links(&get(&stories[0]).await, &format!("{}/", stories[0]));
    assert!(!chapters.is_empty(), "{stories:?}");
    let fixed = ["/", "/novels", "/community", "/quire.css", "/favicon.svg", "/sign-in"].map(str::to_owned);
    fixed.into_iter().chain(stories.into_iter().take(4)).chain(chapters.into_iter().take(8)).collect()
}

/// Where a page leads that begins so.
fn links(page: &str, beginning: &str) -> Vec<String> {
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let mut links: Vec<_> =
        links.filter(|link| link.starts_with(beginning) && !link.contains('?')).map(str::to_owned).collect();
    links.sort_unstable();
    links.dedup();
    links
}

async fn read(
    wire: Wire,
    number: usize,
    paths: Arc<Vec<String>>,
    told: Arc<AtomicBool>,
    ready: std::sync::mpsc::Sender<()>,
) -> Vec<Met> {
    let has_just_come = number.is_multiple_of(4);
    let mut client = Client::builder().timeout(TIMEOUT);
    if has_just_come {
        client = client.pool_max_idle_per_host(0);
    }
    let client = client.build().expect("a client");
    let mut met = Vec::new();
    let mut turn = number;
    sleep(PAUSE * u32::try_from(number).expect("few") / u32::try_from(READERS).expect("few")).await;
    while !told.load(Ordering::Relaxed) {
        let path = &paths[turn % paths.len()];
        turn += 1;
        let began = Instant::now();
        let fate = look(&client, &format!("{}{path}", wire.base())).await;
        assert!(fate == Fate::Answered(200) || fate.is_refusal(), "{path}: {fate:?} after {:?}", began.elapsed());
        let is_steady = !has_just_come && path != "/sign-in";
        met.push(Met { took: began.elapsed(), is_refused: fate.is_refusal(), is_steady });
        ready.send(()).ok();
        sleep(PAUSE).await;
    }
    met
}

async fn look(client: &Client, url: &str) -> Fate {
    let looked = async {
        let answer = client.get(url).send().await?;
        let status = answer.status().as_u16();
        answer.bytes().await?;
        Ok::<_, reqwest::Error>(status)
    };
    match looked.await {
        Ok(status) => Fate::Answered(status),
        Err(error) if error.is_timeout() => Fate::Forgotten,
        Err(_) => Fate::Closed,
    }
}
