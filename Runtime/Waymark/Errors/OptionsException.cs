using System.Text;

namespace Waymark;

/// <summary>Options or addresses are wrong. All problems are listed at once, so that one round mends them.</summary>
/// <remarks>Thrown before anything is opened. Each problem names the option, its value and its range.</remarks>
public sealed class OptionsException : ArgumentException
{
    /// <summary>Lists what is wrong; for middleware that a program writes as well.</summary>
    /// <param name="problems">Every problem found, at least one, each a sentence.</param>
    /// <exception cref="ArgumentNullException"><paramref name="problems"/> is null.</exception>
    public OptionsException(IReadOnlyList<string> problems)
        : base(Describe(problems)) => Problems = problems;

    /// <summary>Every problem found, at least one, in the order of the options.</summary>
    public IReadOnlyList<string> Problems { get; }

    private static string Describe(IReadOnlyList<string> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        if (problems.Count == 1)
            return problems[0];

        StringBuilder text = new StringBuilder().Append(problems.Count).Append(" problems:");
        foreach (string problem in problems)
            text.Append("\n  - ").Append(problem);

        return text.ToString();
    }
}
