//! Those who begin a request and never end it: half of them say nothing more, half a letter a second. A client
//! that is cut off comes again, so that their number stays the same.

use std::time::{Duration, Instant};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    runtime,
    task::JoinSet,
    time::{sleep, timeout},
};

use super::wire::Wire;

/// A header is there within ten seconds, or the connection is cut.
const CUT: std::ops::Range<Duration> = Duration::from_secs(9)..Duration::from_secs(14);

/// How long each was borne.
#[derive(Default)]
pub(crate) struct HalfSent {
    number: usize,
    borne: Vec<Duration>,
    refused: usize,
}

impl std::fmt::Debug for HalfSent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (least, most) = (self.borne.iter().min(), self.borne.iter().max());
        write!(f, "{} cut off after {least:?} to {most:?}, {} refused", self.borne.len(), self.refused)
    }
}

impl HalfSent {
    pub(crate) fn hold(wire: &Wire, number: usize, time: Duration) -> Self {
        let runtime = runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(hold(*wire, number, time))
    }

    /// Nobody was borne for longer than a header may take, and there is room for all of them.
    pub(crate) fn check(&self, time: Duration) {
        assert!(self.borne.iter().all(|borne| CUT.contains(borne)), "{self:?}");
        let turns = usize::try_from(time.as_secs() / CUT.end.as_secs()).expect("a small number");
        assert!(self.borne.len() >= turns * self.number, "they are cut off, and come again: {self:?}");
        assert_eq!(self.refused, 0, "there is room for so many: {self:?}");
    }
}

async fn hold(wire: Wire, number: usize, time: Duration) -> HalfSent {
    let end = Instant::now() + time;
    let mut held = JoinSet::new();
    for place in 0..number {
        held.spawn(async move {
            let mut borne = Vec::new();
            let mut refused = 0;
            while let Some(left) = end.checked_duration_since(Instant::now()) {
                let connected = wire.connect().await;
                let began = Instant::now();
                let Ok(stream) = connected else {
                    refused += 1;
                    sleep(Duration::from_millis(100)).await;
                    continue;
                };
                // Who is still there at the end was not cut off.
                if timeout(left, bear(stream, place % 2 == 0)).await.is_ok() {
                    borne.push(began.elapsed());
                }
            }
            (borne, refused)
        });
    }
    let mut all = HalfSent { number, ..HalfSent::default() };
    for (borne, refused) in held.join_all().await {
        all.borne.extend(borne);
        all.refused += refused;
    }
    all
}

/// Until the node has had enough.
async fn bear(mut stream: TcpStream, is_silent: bool) {
    let mut answer = [0; 1_024];
    if stream.write_all(b"GET /sign-in HTTP/1.1\r\nhost: quire.example\r\nx-half: ").await.is_err() {
        return;
    }
    loop {
        let pause = if is_silent { Duration::from_mins(10) } else { Duration::from_secs(1) };
        match timeout(pause, stream.read(&mut answer)).await {
            // Cut off, or told why and then cut off.
            Ok(Ok(0) | Err(_)) => return,
            Ok(Ok(_)) => {}
            Err(_) => {
                if stream.write_all(b"x").await.is_err() {
                    return;
                }
            }
        }
    }
}
