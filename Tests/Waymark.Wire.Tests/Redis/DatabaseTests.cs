using System.Text;
using System.Text.RegularExpressions;
using Waymark.Tests.Support;

namespace Waymark.Wire.Tests.Redis;

/// <summary>Samples/Redis: what holds the data.</summary>
public sealed class DatabaseTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Database _database;

    public DatabaseTests() => _database = new Database(_time);

    [Fact]
    public void A_key_ends_at_its_time_for_whoever_asks()
    {
        _database.Set("k"u8, Bytes("v"), _database.Now + 1000);
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.NotNull(_database.Find("k"u8));
        Assert.Single(_database.Keys);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(_database.Find("k"u8));
        Assert.Empty(_database.Keys);
        Assert.False(_database.Remove("k"u8));
        Assert.False(_database.TrySetEnd("k"u8, null));
    }

    [Fact]
    public void A_new_value_has_no_end_and_one_that_replaces_keeps_it()
    {
        _database.Set("new"u8, Bytes("1"), _database.Now + 1000);
        _database.Set("replaced"u8, Bytes("1"), _database.Now + 1000);
        _database.Set("kept"u8, Bytes("1"), _database.Now + 1000);
        _database.Set("new"u8, Bytes("2"));
        _database.Replace("replaced"u8, Bytes("2"));
        Assert.True(_database.TrySetEnd("kept"u8, null));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["kept", "new"], _database.Keys.Select(Encoding.ASCII.GetString).Order());
    }

    [Fact]
    public async Task A_sweep_takes_away_what_nobody_asks_for_and_nothing_else()
    {
        for (int i = 0; i < 100; i++)
            _database.Set(Bytes($"k{i}"), Bytes("v"), _database.Now + 1000);
        _database.Set("stays"u8, Bytes("v"), _database.Now + 5000);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(101, _database.HeldCount);
        await _database.Sweep(0, TestContext.Current.CancellationToken);
        Assert.Equal(1, _database.HeldCount);
        Assert.NotNull(_database.Find("stays"u8));
        _time.Advance(TimeSpan.FromSeconds(5));
        await _database.Sweep(1, TestContext.Current.CancellationToken);
        Assert.Equal(0, _database.HeldCount);
    }

    [Fact]
    public void A_value_of_another_kind_is_told_from_none()
    {
        _database.Set("string"u8, Bytes("v"));
        Assert.False(_database.TryFind("string"u8, out RandomSet? set));
        Assert.False(_database.TryFindOrAdd("string"u8, out set));
        Assert.True(_database.TryFind("none"u8, out set));
        Assert.Null(set);
        Assert.True(_database.TryFindOrAdd("none"u8, out set));
        Assert.Same(set, _database.Find("none"u8));
    }

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("h?llo", "hallo", true)]
    [InlineData("h?llo", "hllo", false)]
    [InlineData("h[ae]llo", "hillo", false)]
    [InlineData("h[^e]llo", "hallo", true)]
    [InlineData("h[^e]llo", "hello", false)]
    [InlineData("h[c-a]llo", "hbllo", true)]
    [InlineData("[a-]", "-", true)]
    [InlineData("[", "a", false)]
    [InlineData("[a", "a", true)]
    [InlineData("[\\]]", "]", true)]
    [InlineData("\\*", "*", true)]
    [InlineData("\\*", "a", false)]
    [InlineData("a\\", "a\\", true)]
    [InlineData("*a*b", "xaxbxab", true)]
    [InlineData("*a*b", "xaxbxa", false)]
    public void A_pattern_takes_what_it_says(string pattern, string text, bool isMatch) =>
        Assert.Equal(isMatch, Glob.IsMatch(Bytes(pattern), Bytes(text)));

    [Fact]
    public void Patterns_of_stars_and_letters_are_what_a_regular_expression_says()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        for (int round = 0; round < 5000; round++)
        {
            string pattern = RandomText(random, "ab*?");
            string text = RandomText(random, "ab");
            string regex = $"^{pattern.Replace("*", ".*", StringComparison.Ordinal).Replace('?', '.')}$";
            Assert.True(
                Regex.IsMatch(text, regex) == Glob.IsMatch(Bytes(pattern), Bytes(text)),
                $"seed {seed}: '{pattern}' and '{text}'");
        }
    }

    [Fact]
    public void A_pattern_of_many_stars_takes_no_time_to_speak_of()
    {
        // With going back to every star this would be 2^50 steps and more.
        byte[] pattern = Bytes(string.Concat(Enumerable.Repeat("*a", 50)) + "b");
        Assert.False(Glob.IsMatch(pattern, Bytes(new string('a', 10_000))));
    }

    [Fact]
    public void Sets_do_what_slow_ones_do()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        var set = new RandomSet();
        var sorted = new SortedMembers();
        var slowSet = new HashSet<string>();
        var slowSorted = new Dictionary<string, double>();
        for (int round = 0; round < 20_000; round++)
        {
            string member = random.Next(40).ToString(System.Globalization.CultureInfo.InvariantCulture);
            double score = random.Next(5);
            switch (random.Next(5))
            {
                case 0:
                    Assert.Equal(slowSet.Add(member), set.Add(Bytes(member)));
                    break;
                case 1:
                    Assert.Equal(slowSet.Remove(member), set.Remove(Bytes(member)));
                    break;
                case 2 when slowSet.Count > 0:
                    Assert.True(slowSet.Remove(Encoding.ASCII.GetString(set.Pop())), $"seed {seed}");
                    break;
                case 3 when slowSorted.Count > 0:
                    KeyValuePair<string, double> first = slowSorted.OrderBy(pair => pair.Value)
                        .ThenBy(pair => pair.Key, StringComparer.Ordinal).First();
                    slowSorted.Remove(first.Key);
                    (double popped, byte[] name) = sorted.PopMin();
                    Assert.Equal((first.Key, first.Value), (Encoding.ASCII.GetString(name), popped));
                    break;
                case 4:
                    Assert.Equal(!slowSorted.ContainsKey(member), sorted.Set(Bytes(member), score));
                    slowSorted[member] = score;
                    break;
                default:
                    break;
            }

            Assert.Equal(slowSet.Contains(member), set.Contains(Bytes(member)));
            Assert.Equal(slowSorted.TryGetValue(member, out double old) ? old : null, sorted.ScoreOf(Bytes(member)));
        }

        Assert.Equal(slowSet.Order(), set.Members.Select(Encoding.ASCII.GetString).Order());
        Assert.Equal(slowSorted.Count, sorted.Count);
    }

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private static string RandomText(Random random, string letters) =>
        string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => letters[random.Next(letters.Length)]));
}
