using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Waymark.CodeFixes.Editing;

/// <summary>Diagnostics of one method, which are mended together so that their edits agree.</summary>
/// <param name="First">One of them: they share a document and its model.</param>
/// <param name="Method">The declaration.</param>
/// <param name="Symbol">What it declares.</param>
/// <param name="All">Each of them; at least one.</param>
internal sealed record MethodTargets(
    FixTarget First, MethodDeclarationSyntax Method, IMethodSymbol Symbol, IReadOnlyList<FixTarget> All);
