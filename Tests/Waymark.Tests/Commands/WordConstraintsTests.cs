using System.Text;
using Waymark.CompilerServices;

namespace Waymark.Tests.Commands;

/// <summary>A word meets a constraint where a capture of a path with the same octets, unescaped, does.</summary>
public sealed class WordConstraintsTests
{
    private static readonly string[] Values = ["a", "ab", "é", "€€", "\U0001F600", "b", "abc", "A"];

    [Fact]
    public void They_judge_as_those_of_paths_do()
    {
        foreach (string value in Values)
        {
            byte[] octets = Encoding.UTF8.GetBytes(value);
            for (int length = 1; length < 4; length++)
            {
                Assert.Equal(
                    Constraints.HasLength(octets, length, length), WordConstraints.HasLength(octets, length, length));
            }

            Assert.Equal(
                Constraints.IsIn(octets, "a\0é\0abc\0"u8), WordConstraints.IsIn(octets, "a\0é\0abc\0"u8));
        }

        Assert.True(WordConstraints.IsIn("abc"u8, "a\0abc\0"u8));
        Assert.False(WordConstraints.IsIn("ab"u8, "a\0abc\0"u8));
    }

    [Fact]
    public void A_percent_sign_is_no_escape()
    {
        Assert.True(WordConstraints.HasLength("%41"u8, 3, 3));
        Assert.False(WordConstraints.IsIn("%41"u8, "A\0"u8));
        Assert.True(WordConstraints.IsIn("%41"u8, "%41\0"u8));
        // Accepts "A" alone: class 1 is that letter, from state 0 to 1, everything else to 2.
        var classes = new byte[256];
        classes['A'] = 1;
        ushort[] targets = [2, 1, 2, 2, 2, 2];
        Assert.True(WordConstraints.IsAccepted("A"u8, classes, targets, 2, [0, 1, 0]));
        Assert.False(WordConstraints.IsAccepted("%41"u8, classes, targets, 2, [0, 1, 0]));
        Assert.False(WordConstraints.IsAccepted("AA"u8, classes, targets, 2, [0, 1, 0]));
    }
}
