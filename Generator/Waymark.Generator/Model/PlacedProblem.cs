namespace Waymark.Generator.Model;

/// <summary>A problem and where its <c>#error</c> is shown: the one model with line numbers.</summary>
/// <param name="Report">The problem.</param>
/// <param name="File">The source file; "" where no place is known.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The first column, from 1.</param>
/// <param name="EndColumn">The column behind the place, in the same line.</param>
internal sealed record PlacedProblem(RouteProblem Report, string File, int Line, int Column, int EndColumn)
{
    /// <summary>A problem that no place is known of.</summary>
    public static PlacedProblem Nowhere(RouteProblem report) => new(report, "", 0, 0, 0);
}
