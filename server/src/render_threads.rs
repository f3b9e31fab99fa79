//! The render threads make the pages: a fixed number of threads, each with a bounded queue.
//!
//! A page holds no other thread while it is made, so no number of pages can stop a file, a server
//! function or a check of health. Beyond the queues a page is refused at once.

mod thread;

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread::available_parallelism,
    time::Duration,
};

use app::AppError;
use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tokio::{
    runtime::Handle,
    sync::{Mutex, Semaphore, mpsc, oneshot},
    time::timeout,
};

use self::thread::{Job, Page};

/// How many pages one thread may have waiting and under way. Making one takes about a millisecond.
const PLACES: usize = 128;
/// How long a page may take, the time in the queue included.
const RENDER_TIMEOUT: Duration = Duration::from_secs(10);
/// Within this a render thread that can make pages answers: with the turn that a newcomer waits for it is a second.
const PROBE: Duration = Duration::from_millis(500);

/// The threads. Cheap to clone; they end when the last clone is dropped.
#[derive(Clone)]
pub(crate) struct RenderThreads {
    queues: Arc<[Queue]>,
    next: Arc<AtomicUsize>,
    probing: Arc<Mutex<()>>,
    patience: Duration,
}

struct Queue {
    places: Arc<Semaphore>,
    jobs: mpsc::UnboundedSender<Job>,
}

/// Why there is no page.
enum Unmade {
    /// All queues are full.
    Full,
    /// It took too long.
    Late,
    /// Its thread panicked, which has been logged.
    Panicked,
}

impl RenderThreads {
    /// One thread a core, and at least two. Timers and sockets stay this runtime's.
    pub(crate) fn start() -> Self {
        Self::start_with(available_parallelism().map_or(2, |cores| cores.get().max(2)), PLACES, RENDER_TIMEOUT)
    }

    fn start_with(threads: usize, places: usize, patience: Duration) -> Self {
        let queue = |_| {
            let (jobs, queue) = mpsc::unbounded_channel();
            thread::start(Handle::current(), queue);
            Queue { places: Arc::new(Semaphore::new(places)), jobs }
        };
        let queues = (0..threads).map(queue).collect();
        Self { queues, next: Arc::default(), probing: Arc::default(), patience }
    }

    /// Whether each thread could begin a page soon.
    pub(crate) async fn can_render(&self) -> bool {
        let all = async {
            // One question at a time, so that questions can't fill the queues.
            let _turn = self.probing.lock().await;
            for queue in &*self.queues {
                let (answer, answered) = oneshot::channel();
                if queue.jobs.send(Job::Probe(answer)).is_err() || answered.await.is_err() {
                    return false;
                }
            }
            true
        };
        timeout(PROBE, all).await.unwrap_or(false)
    }

    async fn make(&self, request: Request, next: Next) -> Result<Response, Unmade> {
        let turn = self.next.fetch_add(1, Ordering::Relaxed);
        let queues = (0..self.queues.len()).map(|after| &self.queues[turn.wrapping_add(after) % self.queues.len()]);
        let queue = queues.max_by_key(|queue| queue.places.available_permits()).ok_or(Unmade::Full)?;
        let place = Arc::clone(&queue.places).try_acquire_owned().map_err(|_| Unmade::Full)?;
        let (answer, answered) = oneshot::channel();
        let page = Box::new(Page { request, next, answer, place });
        queue.jobs.send(Job::Page(page)).map_err(|_| Unmade::Panicked)?;
        // After this no request waits for the page: the thread drops it, too.
        timeout(self.patience, answered).await.map_err(|_| Unmade::Late)?.map_err(|_| Unmade::Panicked)
    }
}

/// Answers what may be a page on a render thread, to its last byte. Server functions have no signals,
/// and stay where they are.
pub(crate) async fn render(State(threads): State<RenderThreads>, request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let wants_json = wants_json(request.headers());
    let path = request.uri().path().chars().take(200).collect::<String>();
    let (status, error) = match threads.make(request, next).await {
        Ok(response) => return response,
        Err(Unmade::Full) => (StatusCode::SERVICE_UNAVAILABLE, AppError::Unavailable),
        Err(Unmade::Late) => {
            tracing::warn!(%path, "a page took too long");
            (StatusCode::SERVICE_UNAVAILABLE, AppError::Unavailable)
        }
        Err(Unmade::Panicked) => (StatusCode::INTERNAL_SERVER_ERROR, AppError::Internal),
    };
    let mut response =
        if wants_json { (status, Json(error)).into_response() } else { (status, error.to_string()).into_response() };
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("1"));
    }
    response
}

fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    accept.contains("application/json") && !accept.contains("text/html")
}

#[cfg(test)]
mod tests;
