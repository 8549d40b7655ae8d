using System.Text;

namespace Waymark.Tests.Isolation;

public sealed class SharedDictionaryTests
{
    [Fact]
    public void Keys_are_set_replaced_and_removed()
    {
        SharedDictionary shared = New();
        Assert.False(shared.TryGetValue("a", out byte[] value));
        Assert.Empty(value);
        shared.Set("a", "one"u8);
        shared.Set("ä", ""u8);
        shared.Set("", "empty key"u8);
        shared.Set("a", "two"u8);
        Assert.Equal(["ä", "", "a"], shared.GetKeys());
        Assert.Equal(3, shared.Count);
        Assert.Equal("two", Text(shared, "a"));
        Assert.Equal("", Text(shared, "ä"));
        Assert.Equal("empty key", Text(shared, ""));
        Assert.True(shared.Remove("a"));
        Assert.False(shared.Remove("a"));
        Assert.Equal(["ä", ""], shared.GetKeys());
    }

    [Fact]
    public void What_does_not_fit_changes_nothing()
    {
        SharedDictionary shared = New(); // 64 bytes: 8 and the key's one leave 55.
        shared.Set("a", new byte[55]);
        Assert.Equal(55, shared.TryGetValue("a", out byte[] value) ? value.Length : -1);
        var full = Assert.Throws<InvalidOperationException>(() => shared.Set("a", new byte[56]));
        Assert.Contains(
            "'d' is full: 65 bytes do not fit into the 64 that are left of 64", full.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => shared.Set("b", ""u8));
        Assert.Equal(["a"], shared.GetKeys());
        shared.Set("a", new byte[46]);
        shared.Set("b", ""u8);
        Assert.Equal(2, shared.Count);
    }

    [Fact]
    public void A_change_that_throws_changes_nothing_and_keeps_no_lock()
    {
        SharedDictionary shared = New();
        shared.Set("a", "1"u8);
        Assert.Throws<InvalidDataException>(() => shared.Update("a", _ => throw new InvalidDataException()));
        Assert.Equal("1", Text(shared, "a"));
        shared.Update("a", old => [.. old!, (byte)'2']);
        Assert.Equal("12", Text(shared, "a"));
        shared.Update("a", _ => null);
        Assert.Equal(0, shared.Count);
    }

    [Fact]
    public async Task Threads_lose_no_change_and_readers_see_whole_values()
    {
        SharedDictionary shared = New();
        shared.Set("n", new byte[8]);
        Task[] writers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 5000; i++)
                shared.Update("n", old => BitConverter.GetBytes(BitConverter.ToInt64(old!) + 1));
        }))];
        long last = 0;
        while (last < 20_000 && !writers.Any(writer => writer.IsFaulted))
        {
            Assert.True(shared.TryGetValue("n", out byte[] value));
            Assert.InRange(BitConverter.ToInt64(value), last, 20_000);
            last = BitConverter.ToInt64(value);
        }

        await Task.WhenAll(writers);
    }

    [Fact]
    public void What_is_out_of_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SharedDictionary("d", 63));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SharedDictionary("d", (16 << 20) + 1));
    }

    private static SharedDictionary New()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Memory is shared on Linux only.");
        return new SharedDictionary("d", 64);
    }

    private static string Text(SharedDictionary shared, string key) =>
        shared.TryGetValue(key, out byte[] value) ? Encoding.UTF8.GetString(value) : "?";
}
