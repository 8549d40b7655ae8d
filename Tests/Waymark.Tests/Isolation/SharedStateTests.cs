namespace Waymark.Tests.Isolation;

public sealed class SharedStateTests
{
    [Fact]
    public void A_state_is_zeros_until_it_is_written()
    {
        SkipElsewhere();
        var state = new SharedState<Wide>("a");
        Assert.Equal(0, state.Version);
        Assert.Equal(default, state.Read());
        var value = new Wide(1, 2, 3, 4, 5, 6, 7, 8, 9);
        state.Write(value);
        Assert.Equal((1, value), (state.Version, state.Read()));
        state.Write(value with { A = 10 });
        Assert.Equal((2, value with { A = 10 }), (state.Version, state.Read()));
    }

    [Fact]
    public async Task Readers_see_whole_values_that_only_grow()
    {
        SkipElsewhere();
        const int Count = 200_000;
        var state = new SharedState<Wide>("b");

        // What was never written is all zeros, which is none of these values.
        state.Write(Of(0));
        Task[] readers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            long last = 0;
            while (last < Count)
            {
                Wide value = state.Read();
                if (value.A < last || value != Of(value.A))
                    Assert.Fail($"{value} after {last}");
                last = value.A;
            }
        }))];
        for (long n = 1; n <= Count; n++)
            state.Write(Of(n));
        await Task.WhenAll(readers).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_name_is_needed_and_a_value_has_its_largest_size()
    {
        SkipElsewhere();
        Assert.Throws<ArgumentException>(() => new SharedState<long>(""));
        Assert.Throws<InvalidOperationException>(() => new SharedState<TooLarge>("c"));
        Assert.Equal(0, new SharedState<Largest>("c").Version);
    }

    private static Wide Of(long n) => new(n, n + 1, n + 2, n + 3, -n, n * 2, n * 3, n * 5, ~n);

    private static void SkipElsewhere() =>
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Memory is shared on Linux only.");

    private readonly record struct Wide(long A, long B, long C, long D, long E, long F, long G, long H, long I);

    private unsafe struct Largest
    {
#pragma warning disable CS0649 // Only its size counts.
        public fixed byte Octets[1 << 20];
    }

    private unsafe struct TooLarge
    {
        public fixed byte Octets[(1 << 20) + 1];
#pragma warning restore CS0649
    }
}
