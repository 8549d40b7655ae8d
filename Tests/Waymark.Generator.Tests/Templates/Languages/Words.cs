using System.Text;
using Waymark.Generator.Templates.Languages;

namespace Waymark.Generator.Tests.Templates.Languages;

/// <summary>What the tests of languages share: patterns that must be good, and every word up to a length.</summary>
internal static class Words
{
    public static ByteAutomaton Of(string pattern)
    {
        Assert.True(
            RegexReader.TryRead(pattern, out ByteAutomaton? automaton, out string mistake, out _, out _),
            $"{pattern}: {mistake}");
        return automaton!;
    }

    public static bool Accepts(this ByteAutomaton automaton, string text) =>
        automaton.Accepts(Encoding.UTF8.GetBytes(text));

    public static string? Shortest(this ByteAutomaton automaton) =>
        automaton.ShortestWord() is { } word ? Encoding.UTF8.GetString(word) : null;

    /// <summary>All words over the alphabet, shortest first.</summary>
    public static IEnumerable<string> UpTo(int lengthMax, string alphabet)
    {
        IEnumerable<string> words = [""];
        for (int length = 0; length <= lengthMax; length++)
        {
            foreach (string word in words)
                yield return word;
            words = words.SelectMany(word => alphabet.Select(letter => word + letter)).ToList();
        }
    }
}
