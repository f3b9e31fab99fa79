//! Tells an address of the operator's of raised and cleared alerts.
//!
//! Nothing waits for it: notices stand in a queue of fixed length, one at a time is sent, and the receiver may refuse,
//! hang or be gone. The log says once that an outage began, and once that it is over.

use std::{fmt, io, net::IpAddr, str::FromStr, sync::Arc, time::Duration};

use domain::{AlertEvent, Millis};
use reqwest::{Client, StatusCode, Url, header::CONTENT_TYPE, redirect};
use serde::Serialize;
use tokio::{sync::mpsc, time::sleep};

use super::notices::{Fate, Notices};

/// How many notices wait at most. Rules are few and don't flap: more than these are of a receiver that
/// has been gone for long.
const BACKLOG: usize = 64;

/// Where notices go. It may hold a secret, so it is never shown whole.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookUrl(Url);

/// How long a receiver has, and how long to wait before each further attempt.
#[derive(Debug, Clone)]
pub struct Pace {
    /// For the whole of an attempt.
    pub patience: Duration,
    /// One for each further attempt; then the notice is given up.
    pub pauses: Vec<Duration>,
}

impl Default for Pace {
    fn default() -> Self {
        Self { patience: Duration::from_secs(5), pauses: [1, 5, 25].map(Duration::from_secs).to_vec() }
    }
}

/// A notice. `docs/operating.md` shows one.
#[derive(Debug, Serialize)]
struct Notice {
    #[serde(flatten)]
    event: AlertEvent,
    /// A line for people.
    text: String,
    /// What it means, and what to do.
    explanation: &'static str,
    /// Which node says so.
    node: Arc<str>,
    at: Millis,
}

/// A receiver of notices.
#[derive(Debug)]
pub struct Webhook {
    queue: mpsc::Sender<Notice>,
    node: Arc<str>,
    notices: Notices,
}

impl Webhook {
    /// Begins to send what it is told, on behalf of the node of this name.
    ///
    /// # Errors
    ///
    /// If TLS can't be had on this machine.
    pub fn start(url: WebhookUrl, node: &str, pace: Pace) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .timeout(pace.patience)
            // Where notices go is the operator's to say, not the receiver's.
            .redirect(redirect::Policy::none())
            .user_agent(concat!("quire/", env!("CARGO_PKG_VERSION")))
            .build()?;
        let (queue, waiting) = mpsc::channel(BACKLOG);
        let notices = Notices::default();
        let sender = Sender { client, url: url.0, pauses: pace.pauses, notices: notices.clone(), is_out: false };
        tokio::spawn(sender.send_all(waiting));
        Ok(Self { queue, node: node.into(), notices })
    }

    /// Has it told, as soon as the receiver takes it; or not at all, if too many wait already.
    pub fn tell(&self, event: AlertEvent, at: Millis) {
        let alert = event.alert();
        let over = match event {
            AlertEvent::Raised(_) => "",
            AlertEvent::Cleared(_) => " (over)",
        };
        let text = format!("{}: {alert}{over}", alert.level.label());
        let (explanation, node) = (alert.rule.explanation(), Arc::clone(&self.node));
        if self.queue.try_send(Notice { event, text, explanation, node, at }).is_err() {
            self.notices.count(Fate::Dropped);
        }
    }

    /// What became of those so far.
    pub const fn notices(&self) -> &Notices {
        &self.notices
    }
}

/// Sends one notice after the other.
struct Sender {
    client: Client,
    url: Url,
    pauses: Vec<Duration>,
    notices: Notices,
    /// Whether the log was told that the receiver does not answer.
    is_out: bool,
}

/// Why a receiver did not take a notice.
#[derive(Debug, thiserror::Error)]
enum NotTaken {
    #[error("it answered {0}")]
    Refused(StatusCode),
    #[error("{0}")]
    Unreachable(#[from] reqwest::Error),
    #[error("no JSON can be made of it: {0}")]
    Unspeakable(#[from] serde_json::Error),
}

impl Sender {
    async fn send_all(mut self, mut waiting: mpsc::Receiver<Notice>) {
        while let Some(notice) = waiting.recv().await {
            let fate = self.send_patiently(&notice).await;
            self.notices.count(fate);
        }
    }

    async fn send_patiently(&mut self, notice: &Notice) -> Fate {
        let mut pauses = self.pauses.clone().into_iter();
        loop {
            match self.send(notice).await {
                Ok(()) => {
                    if std::mem::take(&mut self.is_out) {
                        tracing::info!(lost = self.notices.lost(), "the alert webhook takes notices again");
                    }
                    return Fate::Sent;
                }
                Err(error) => {
                    if !std::mem::replace(&mut self.is_out, true) {
                        tracing::warn!(%error, "the alert webhook takes no notices");
                    }
                }
            }
            let Some(pause) = pauses.next() else { return Fate::Failed };
            sleep(pause).await;
        }
    }

    async fn send(&self, notice: &Notice) -> Result<(), NotTaken> {
        let body = serde_json::to_vec(notice)?;
        let request = self.client.post(self.url.clone()).header(CONTENT_TYPE, "application/json").body(body);
        // The address may hold a secret.
        let answer = request.send().await.map_err(reqwest::Error::without_url)?;
        if answer.status().is_success() { Ok(()) } else { Err(NotTaken::Refused(answer.status())) }
    }
}

impl FromStr for WebhookUrl {
    type Err = io::Error;

    fn from_str(text: &str) -> Result<Self, io::Error> {
        let url = Url::parse(text).ok().filter(|url| url.has_host() && is_private(url));
        url.map(Self).ok_or_else(|| io::Error::other("a webhook is an address like https://example.org/alerts"))
    }
}

/// Whether the notice, and the secret in its address, can't be read on the way. A notice that stays on this machine
/// needs no TLS. A name may lead to another machine, so only a number counts.
fn is_private(url: &Url) -> bool {
    let number = url.host_str().and_then(|host| host.trim_matches(['[', ']']).parse::<IpAddr>().ok());
    let is_here = number.is_some_and(|number| number.is_loopback());
    url.scheme() == "https" || (url.scheme() == "http" && is_here)
}

impl fmt::Debug for WebhookUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}/…", self.0.scheme(), self.0.host_str().unwrap_or_default())
    }
}
