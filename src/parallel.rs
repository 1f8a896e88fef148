//! Work on all cores: the same on every item of a list, whose results keep the order, or two things at
//! once.

use std::num::NonZero;
use std::sync::LazyLock;
use std::thread;

/// Below this many items, starting threads costs more than it saves.
const FEW: usize = 64;

static CORES: LazyLock<usize> =
    LazyLock::new(|| thread::available_parallelism().map_or(1, NonZero::get));

/// Two things at once.
pub fn both<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (joined(one), other)
    })
}

fn joined<R>(thread: thread::ScopedJoinHandle<'_, R>) -> R {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// The same for a few items that are each much work.
pub fn each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    on_cores(items, 2, || (), |(), _, item| work(item))
}

/// `work` of each item, in order.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    on_cores(items, FEW, || (), |(), _, item| work(item))
}

/// The same for work that asks where an item is in the list.
pub fn map_at<T: Sync, R: Send>(items: &[T], work: impl Fn(usize, &T) -> R + Sync) -> Vec<R> {
    on_cores(items, FEW, || (), |(), at, item| work(at, item))
}

/// The same with a tool that is used again and again on each core.
pub fn map_with<T: Sync, R: Send, S>(
    items: &[T],
    tool: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, usize, &T) -> R + Sync,
) -> Vec<R> {
    on_cores(items, FEW, tool, work)
}

fn on_cores<T: Sync, R: Send, S>(
    items: &[T],
    few: usize,
    tool: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, usize, &T) -> R + Sync,
) -> Vec<R> {
    let work_through = |first: usize, share: &[T]| {
        let mut tool = tool();
        let at = first..;
        share.iter().zip(at).map(|(item, at)| work(&mut tool, at, item)).collect::<Vec<R>>()
    };
    let cores = *CORES;
    if cores == 1 || items.len() < few {
        return work_through(0, items);
    }
    let len = items.len().div_ceil(cores);
    thread::scope(|scope| {
        let work_through = &work_through;
        let shares = items.chunks(len).zip((0..).step_by(len));
        let threads: Vec<_> =
            shares.map(|(share, first)| scope.spawn(move || work_through(first, share))).collect();
        threads.into_iter().flat_map(joined).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::map_at;

    #[test]
    fn results_keep_the_order_of_the_items() {
        for count in [0, 1, 63, 64, 65, 1000, 1001] {
            let items: Vec<usize> = (0..count).collect();
            let sums = map_at(&items, |at, item| at + item);
            assert_eq!(sums, (0..count).map(|at| 2 * at).collect::<Vec<_>>());
        }
    }
}
