using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Ascii = Waymark.Buffers.Ascii;
using OctetRuns = Waymark.Buffers.OctetRuns;

namespace Waymark.Tests.Buffers;

/// <summary>Every vectorised scan finds what a loop over octets finds, wherever in a vector it lies.</summary>
public sealed class ScanTwinTests
{
    // Longer than the widest vectors twice, so that their whole, their overlapping and their left-over parts are met.
    private const int LengthMax = 140;

    // Sets of runs that nothing but their twins here searches for.
    private const string Path = nameof(OctetRuns.CountPath);
    private const string Query = nameof(OctetRuns.CountQuery);
    private const string RegName = nameof(OctetRuns.CountRegName);

    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private static readonly SearchValues<byte> PathSet = Of(Unreserved + "!$&'()*+,;=:@/");
    private static readonly SearchValues<byte> QuerySet = Of(Unreserved + "!$&'()*+,;=:@/?");
    private static readonly SearchValues<byte> RegNameSet = Of(Unreserved + "!$&'()*+;=%");

    /// <summary>A set, the grammar that it stands for as a character class, and the RFC's place.</summary>
    public static TheoryData<string, string> Sets() => new()
    {
        { nameof(Ascii.Token), @"[!#$%&'*+\-.^_`|~0-9A-Za-z]" },
        { Path, @"[A-Za-z0-9\-._~!$&'()*+,;=:@/]" },
        { Query, @"[A-Za-z0-9\-._~!$&'()*+,;=:@/?]" },
        { nameof(Ascii.Target), @"[A-Za-z0-9\-._~!$&'()*+,;=:@/?%]" },
        { nameof(Ascii.Unwise), @"[{}|""]" },
        { RegName, @"[A-Za-z0-9\-._~!$&'()*+;=%]" },
        { nameof(Ascii.Authority), @"[A-Za-z0-9\-._~!$&'()*+,;=%\[\]:@]" },
        { nameof(Ascii.FieldValueEnd), @"[\x00-\x08\x0a-\x1f\x7f]" },
        { nameof(Ascii.Boundary), @"[0-9A-Za-z'()+_,\-./:=? ]" },
    };

    [Theory]
    [MemberData(nameof(Sets))]
    public void A_set_holds_exactly_the_octets_of_its_grammar(string name, string grammar)
    {
        bool[] members = MembersOf(grammar);
        for (int octet = 0; octet < 256; octet++)
            Assert.True(members[octet] == SetOf(name).Contains((byte)octet), $"{name}: 0x{octet:X2}");
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void A_scan_finds_what_a_loop_finds(string name, string grammar)
    {
        bool[] members = MembersOf(grammar);
        SearchValues<byte> set = SetOf(name);
        byte inside = (byte)Array.IndexOf(members, true);
        byte[] text = new byte[LengthMax];
        for (int octet = 0; octet < 256; octet++)
        {
            for (int length = 1; length <= LengthMax; length += length < 70 ? 1 : 23)
            {
                // The octet at the last place, then at the one in the middle, of a text of the other kind.
                Array.Fill(text, inside);
                text[length - 1] = text[length / 2] = (byte)octet;
                Check(text.AsSpan(0, length), set, members);
            }
        }
    }

    [Fact]
    public void Runs_end_where_a_loop_ends_them()
    {
        string[] names = [nameof(Ascii.Token), Path, Query, RegName];
        byte[] text = new byte[LengthMax];
        foreach (string name in names)
        {
            SearchValues<byte> set = SetOf(name);
            for (int octet = 0; octet < 256; octet++)
            {
                for (int length = 1; length <= LengthMax; length++)
                {
                    Array.Fill(text, (byte)'a');
                    text[length - 1] = text[length / 3] = (byte)octet;
                    ReadOnlySpan<byte> run = text.AsSpan(0, length);
                    int end = run.IndexOfAnyExcept(set);
                    Assert.Equal(end < 0 ? length : end, CountOf(name, run));
                }
            }
        }
    }

    [Fact]
    public void A_dot_is_seen_in_a_path_and_not_behind_it()
    {
        byte[] text = new byte[LengthMax];
        for (int dot = 0; dot < LengthMax; dot++)
        {
            for (int end = 0; end <= LengthMax; end++)
            {
                Array.Fill(text, (byte)'a');
                text[dot] = (byte)'.';
                if (end < LengthMax)
                    text[end] = (byte)' ';
                Assert.Equal(end, OctetRuns.CountPath(text, out bool hasDot));
                Assert.Equal(dot < end, hasDot);
            }
        }
    }

    [Fact]
    public void The_end_of_a_field_value_is_found_where_a_loop_finds_it()
    {
        bool[] members = MembersOf(@"[\x00-\x08\x0a-\x1f\x7f]");
        byte[] text = new byte[LengthMax];
        for (int octet = 0; octet < 256; octet++)
        {
            for (int length = 1; length <= LengthMax; length++)
            {
                Array.Fill(text, (byte)'\t');
                text[length - 1] = text[length / 2] = (byte)octet;
                int expected = members[octet] ? length == 1 ? 0 : Math.Min(length / 2, length - 1) : -1;
                Assert.Equal(expected, OctetRuns.IndexOfFieldValueEnd(text.AsSpan(0, length)));
            }
        }
    }

    [Fact]
    public void Names_are_compared_as_a_loop_compares_them()
    {
        byte[] lower = "abcdefghij-klmnopqrstuvwxyz-0123456789"u8.ToArray();
        for (int length = 0; length <= lower.Length; length++)
        {
            byte[] value = Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(lower, 0, length).ToUpperInvariant());
            Assert.True(Ascii.EqualsLower(value, lower.AsSpan(0, length)));
            for (int at = 0; at < length; at++)
            {
                // Visible characters: the remarks of EqualsLower say why controls do not count.
                byte kept = value[at];
                for (int octet = 0x21; octet < 0x7f; octet++)
                {
                    value[at] = (byte)octet;
                    bool isSame = char.ToLowerInvariant((char)octet) == lower[at];
                    Assert.True(isSame == Ascii.EqualsLower(value, lower.AsSpan(0, length)), $"{at}: 0x{octet:X2}");
                }

                value[at] = kept;
            }
        }
    }

    private static int CountOf(string name, ReadOnlySpan<byte> text) => name switch
    {
        nameof(Ascii.Token) => OctetRuns.CountToken(text),
        Path => OctetRuns.CountPath(text, out _),
        Query => OctetRuns.CountQuery(text),
        _ => OctetRuns.CountRegName(text),
    };

    private static void Check(ReadOnlySpan<byte> text, SearchValues<byte> set, bool[] members)
    {
        int first = -1;
        int firstOutside = -1;
        for (int i = text.Length - 1; i >= 0; i--)
        {
            if (members[text[i]])
                first = i;
            else
                firstOutside = i;
        }

        if (text.IndexOfAny(set) != first || text.IndexOfAnyExcept(set) != firstOutside
            || text.ContainsAny(set) != (first >= 0) || text.ContainsAnyExcept(set) != (firstOutside >= 0))
        {
            Assert.Fail($"{text.Length} octets: {Convert.ToHexString(text)}");
        }
    }

    private static SearchValues<byte> Of(string octets) => SearchValues.Create(Encoding.ASCII.GetBytes(octets));

    private static bool[] MembersOf(string grammar) =>
        [.. Enumerable.Range(0, 256).Select(octet => Regex.IsMatch(((char)octet).ToString(), $"\\A{grammar}\\z"))];

    private static SearchValues<byte> SetOf(string name) => name switch
    {
        nameof(Ascii.Token) => Ascii.Token,
        Path => PathSet,
        Query => QuerySet,
        nameof(Ascii.Target) => Ascii.Target,
        nameof(Ascii.Unwise) => Ascii.Unwise,
        RegName => RegNameSet,
        nameof(Ascii.Authority) => Ascii.Authority,
        nameof(Ascii.FieldValueEnd) => Ascii.FieldValueEnd,
        _ => Ascii.Boundary,
    };
}
