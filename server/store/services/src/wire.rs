//! The wire between a node and a service: what goes through it is counted, and can be cut, silenced or slowed.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
};

/// What becomes of what is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It arrives.
    Open,
    /// It arrives so much later.
    Slow(Duration),
    /// Connections stand, and nothing arrives before this ends: neither end can tell.
    Silent,
    /// The same, from the moment the node says this.
    SilentAt(&'static str),
    /// The same, but this arrives: it is the answer that is lost.
    SilentAfter(&'static str),
    /// Connections are closed, and new ones too.
    Cut,
}

/// A wire.
pub struct Wire {
    /// Where the node finds the service.
    pub port: u16,
    mode: Arc<watch::Sender<Mode>>,
    round_trips: Arc<AtomicU64>,
}

impl Wire {
    /// Lays one from an address of this machine to a port of it.
    ///
    /// # Panics
    /// When there is no port left at that address.
    pub async fn lay(from: &str, target: u16) -> Self {
        let listener = TcpListener::bind((from, 0)).await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let mode = Arc::new(watch::Sender::new(Mode::Open));
        let round_trips = Arc::new(AtomicU64::new(0));
        let (setting, counted) = (Arc::clone(&mode), Arc::clone(&round_trips));
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                tokio::spawn(carry(near, target, Arc::clone(&setting), Arc::clone(&counted)));
            }
        });
        Self { port, mode, round_trips }
    }

    /// Questions that had to wait for an answer, over all connections: each pays the wire's delay once.
    pub fn round_trips(&self) -> u64 {
        self.round_trips.load(Ordering::Relaxed)
    }

    /// From now on it does this.
    pub fn set(&self, mode: Mode) {
        self.mode.send_replace(mode);
    }

    /// Closes all connections, and takes new ones.
    pub fn hang_up(&self) {
        self.set(Mode::Cut);
        thread::sleep(Duration::from_millis(100));
        self.set(Mode::Open);
    }

    /// Waits until it does this.
    ///
    /// # Panics
    /// Never: the wire is there as long as this is.
    pub async fn until(&self, mode: Mode) {
        self.mode.subscribe().wait_for(|now| *now == mode).await.expect("a wire");
    }
}

/// One connection, until either end hangs up or it is cut.
async fn carry(near: TcpStream, target: u16, setting: Arc<watch::Sender<Mode>>, round_trips: Arc<AtomicU64>) {
    let mut mode = setting.subscribe();
    if mode.wait_for(|mode| *mode != Mode::Silent).await.is_ok_and(|mode| *mode == Mode::Cut) {
        return;
    }
    let Ok(far) = TcpStream::connect(("127.0.0.1", target)).await else { return };
    for end in [&near, &far] {
        end.set_nodelay(true).ok();
    }
    let ((from_near, to_near), (from_far, to_far)) = (near.into_split(), far.into_split());
    // Whether the other end spoke last, so that what is said next is another question.
    let is_answered = AtomicBool::new(true);
    let asks = || {
        if is_answered.swap(false, Ordering::Relaxed) {
            round_trips.fetch_add(1, Ordering::Relaxed);
        }
    };
    let there = pump(from_near, to_far, &setting, asks);
    let back = pump(from_far, to_near, &setting, || is_answered.store(true, Ordering::Relaxed));
    tokio::select! {
        _ = mode.wait_for(|mode| *mode == Mode::Cut) => {}
        _ = there => {}
        _ = back => {}
    }
}

/// One direction; `None` is its end.
async fn pump(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    setting: &watch::Sender<Mode>,
    note: impl Fn(),
) -> Option<()> {
    let mut mode = setting.subscribe();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = from.read(&mut buffer).await.ok().filter(|read| *read > 0)?;
        note();
        let said = &buffer[..read];
        let says = |words: &str| said.windows(words.len()).any(|said| said == words.as_bytes());
        let mut is_last = false;
        // Whichever connection says it first.
        setting.send_if_modified(|now| {
            is_last = matches!(now, Mode::SilentAfter(words) if says(words));
            let silences = is_last || matches!(now, Mode::SilentAt(words) if says(words));
            *now = if silences { Mode::Silent } else { *now };
            silences
        });
        if !is_last {
            let now = *mode.wait_for(|mode| *mode != Mode::Silent).await.ok()?;
            if let Mode::Slow(late) = now {
                tokio::time::sleep(late).await;
            }
        }
        to.write_all(&buffer[..read]).await.ok()?;
    }
}
