using System.Diagnostics;
using System.Runtime.InteropServices;
using Waymark.Tests.Support;
using Waymark.Transport.Epoll;

namespace Waymark.Tests.Transport;

public sealed partial class ReactorPartsTests
{
    [Fact]
    public void A_descriptor_in_use_is_closed_by_the_last_who_leaves()
    {
        var descriptor = new SharedDescriptor(NewDescriptor());
        Assert.True(descriptor.TryEnter());
        Assert.True(descriptor.TryEnter());
        descriptor.Close();
        Assert.True(descriptor.IsClosing);
        Assert.False(descriptor.TryEnter());
        descriptor.Exit();
        Assert.True(IsOpen(descriptor.Number));
        descriptor.Exit();
        Assert.False(IsOpen(descriptor.Number));
        descriptor.Close();
        Assert.False(descriptor.TryEnter());
    }

    [Fact]
    public void An_event_of_a_target_that_is_gone_finds_nobody()
    {
        int descriptor = NewDescriptor();
        var target = new Target();
        ulong token = ReactorTargets.Add(descriptor, target);
        Assert.Same(target, ReactorTargets.Find(token));
        ulong next = ReactorTargets.Add(descriptor, new Target());
        Assert.Null(ReactorTargets.Find(token));
        ReactorTargets.Remove(descriptor);
        Assert.Null(ReactorTargets.Find(next));
        Assert.True(Listening.TryClose(descriptor));
    }

    [Fact]
    public void A_connection_goes_to_the_reactor_with_the_fewest()
    {
        var watch = new ReactorWatch();
        Reactor[] reactors = [new(watch), new(watch), new(watch)];
        Assert.Same(reactors[1], Reactors.LeastLoaded(reactors, first: 1));
        reactors[1].AddLoad(2);
        reactors[0].AddLoad(1);
        Assert.Same(reactors[2], Reactors.LeastLoaded(reactors, first: 1));
        reactors[2].AddLoad(1);
        Assert.Same(reactors[0], Reactors.LeastLoaded(reactors, first: 0));
        reactors[1].AddLoad(-2);
        Assert.Same(reactors[1], Reactors.LeastLoaded(reactors, first: 0));
    }

    [Fact]
    public void A_reactor_that_sleeps_long_does_not_look_for_events_before()
    {
        var spin = new SpinPolicy(processorCount: 2);
        Assert.Equal(0, spin.Begin());
        spin.Slept(Stopwatch.Frequency / 100_000);
        Assert.NotEqual(0, spin.Begin());
        for (int i = 0; i < 10; i++)
            spin.Slept(Stopwatch.Frequency);
        Assert.Equal(0, spin.Begin());
    }

    [Fact]
    public void A_reactor_whose_events_come_several_at_once_sleeps_at_once()
    {
        var spin = new SpinPolicy(processorCount: 2);
        spin.Succeeded();
        spin.Came(1);
        Assert.NotEqual(0, spin.Begin());
        for (int i = 0; i < 20; i++)
            spin.Came(4);
        Assert.Equal(0, spin.Begin());
        for (int i = 0; i < 20; i++)
            spin.Came(1);
        Assert.NotEqual(0, spin.Begin());
    }

    [Fact]
    public void A_reactor_on_a_single_processor_leaves_it_to_the_client()
    {
        var spin = new SpinPolicy(processorCount: 1);
        spin.Succeeded();
        spin.Came(1);
        Assert.Equal(0, spin.Begin());
    }

    [Fact]
    public void A_thread_that_waits_or_computes_is_occupied_and_one_that_gets_no_processor_is_not()
    {
        var running = new ThreadProgress(IsKnown: true, IsWaiting: false, 1_000_000);
        Assert.False(running.IsOccupiedSince(running));
        Assert.True((running with { Nanoseconds = 6_000_000 }).IsOccupiedSince(running));
        Assert.True((running with { IsWaiting = true }).IsOccupiedSince(running));
        Assert.True(default(ThreadProgress).IsOccupiedSince(running));
    }

    [Fact]
    public void A_thread_that_waits_is_seen_to_wait()
    {
        using var go = new ManualResetEvent(initialState: false);
        int id = 0;
        using var hasId = new ManualResetEvent(initialState: false);
        var thread = new Thread(() =>
        {
            id = ThreadProgress.CurrentThreadId();
            hasId.Set();
            go.WaitOne();
        });
        thread.Start();
        hasId.WaitOne();
        Assert.True(SpinWait.SpinUntil(() => ThreadProgress.Read(id).IsWaiting, TimeSpan.FromSeconds(20)));
        Assert.True(ThreadProgress.Read(id).Nanoseconds > 0);
        go.Set();
        thread.Join();
    }

    private static int NewDescriptor()
    {
        int descriptor = LibC.EventDescriptor(0, LibC.EventCloseOnExec);
        Assert.True(descriptor >= 0);
        return descriptor;
    }

    private static bool IsOpen(int descriptor) => Fcntl(descriptor, 1, 0) >= 0;

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Fcntl(int descriptor, int command, int argument);

    private sealed class Target : IReactorTarget
    {
        public void OnReady(Readiness readiness)
        {
        }

        public void OnBlocking()
        {
        }
    }
}
