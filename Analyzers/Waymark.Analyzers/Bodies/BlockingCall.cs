using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Waymark.Analyzers.Bodies;

/// <summary>A call, or a property, that keeps a thread waiting.</summary>
/// <param name="Node">The whole expression.</param>
/// <param name="Span">The name in it: what the diagnostic is shown at.</param>
/// <param name="Shown">As a message names it: <c>File.ReadAllText</c>.</param>
/// <param name="WayOut">What to write in its place, as a message says it.</param>
/// <param name="Kind">How it is replaced.</param>
internal sealed record BlockingCall(
    ExpressionSyntax Node, TextSpan Span, string Shown, string WayOut, BlockingKind Kind);

/// <summary>What takes the place of a blocking call.</summary>
internal enum BlockingKind
{
    /// <summary><c>await task</c> for <c>task.Result</c>, <c>task.Wait()</c> and <c>GetResult()</c>.</summary>
    Task,

    /// <summary><c>await Task.Delay(…)</c>.</summary>
    Sleep,

    /// <summary><c>await Task.WhenAll(…)</c>.</summary>
    WaitAll,

    /// <summary><c>await Task.WhenAny(…)</c>.</summary>
    WaitAny,

    /// <summary>The method of the same name with <c>Async</c> behind it, which returns a task.</summary>
    Twin,

    /// <summary>The same, where it returns a sequence.</summary>
    Sequence,
}
