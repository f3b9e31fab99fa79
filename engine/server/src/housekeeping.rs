//! Work that no asker waits for, on a thread that serves no request.

/// Does it, and logs a panic in it. A runtime that ends does no more such work: then the node ends too, nothing is
/// lost, and nothing is logged.
pub(crate) async fn do_aside(what: &str, work: impl FnOnce() + Send + 'static) {
    if let Err(error) = tokio::task::spawn_blocking(work).await
        && error.is_panic()
    {
        tracing::error!(%error, "{what} failed");
    }
}

#[cfg(test)]
mod tests {
    use std::{
        pin::pin,
        sync::{
            Arc,
            atomic::{AtomicUsize, Ordering},
        },
        task::{Context, Poll, Waker},
    };

    use tokio::runtime::Builder;
    use tracing::{
        Event, Metadata, Subscriber,
        span::{Attributes, Id, Record},
    };

    use super::*;

    /// Counts what is logged.
    struct Counter(Arc<AtomicUsize>);

    impl Subscriber for Counter {
        fn enabled(&self, _: &Metadata<'_>) -> bool {
            true
        }

        fn new_span(&self, _: &Attributes<'_>) -> Id {
            Id::from_u64(1)
        }

        fn record(&self, _: &Id, _: &Record<'_>) {}

        fn record_follows_from(&self, _: &Id, _: &Id) {}

        fn event(&self, event: &Event<'_>) {
            if event.metadata().target().starts_with("abreast_server") {
                self.0.fetch_add(1, Ordering::Relaxed);
            }
        }

        fn enter(&self, _: &Id) {}

        fn exit(&self, _: &Id) {}
    }

    /// How many lines are logged while this runs, on this thread.
    fn logged(run: impl FnOnce()) -> usize {
        let lines = Arc::new(AtomicUsize::new(0));
        tracing::subscriber::with_default(Counter(Arc::clone(&lines)), run);
        lines.load(Ordering::Relaxed)
    }

    #[test]
    fn a_panic_is_logged() {
        let runtime = Builder::new_current_thread().build().expect("a runtime");
        assert_eq!(logged(|| runtime.block_on(do_aside("the test", || panic!("on purpose")))), 1);
        assert_eq!(logged(|| runtime.block_on(do_aside("the test", || {}))), 0);
    }

    /// The node's tasks may still run for a moment, and find no thread for such work any more.
    #[test]
    fn the_end_of_a_runtime_is_no_failure() {
        let runtime = Builder::new_current_thread().build().expect("a runtime");
        let of_runtime = runtime.handle().clone();
        runtime.shutdown_background();
        let _inside = of_runtime.enter();
        let mut waits = pin!(do_aside("the test", || panic!("it never begins")));
        let mut context = Context::from_waker(Waker::noop());
        let lines = logged(|| assert_eq!(waits.as_mut().poll(&mut context), Poll::Ready(())));
        assert_eq!(lines, 0);
    }
}
