using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Matching;

/// <summary>No path makes the matcher backtrack more than its code is long: an argument without a clock.</summary>
/// <remarks>
/// The emitted matcher holds no loop and no jump back, and each of its methods is called from one place, so by
/// construction one match runs each statement at most once. The only work that grows with the path is then in the
/// scans of a segment, each linear; there are at most two for each part of a template, so a match costs at most (parts
/// of all templates) x (length of the path).
/// </remarks>
public sealed class BoundedWorkTests
{
    [Fact]
    public void Every_statement_of_a_matcher_runs_at_most_once_for_a_path()
    {
        RouteSet set = RouteSets.Backtracking();
        ClassDeclarationSyntax matcher = GeneratorRun.Run(GeneratorRun.Compile(RouteSets.Source(set))).Values
            .SelectMany(text => CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes())
            .OfType<ClassDeclarationSyntax>()
            .Single(type => type.Identifier.Text == "Matcher");

        Assert.DoesNotContain(matcher.DescendantNodes(), node => node is WhileStatementSyntax or DoStatementSyntax
            or ForStatementSyntax or CommonForEachStatementSyntax or GotoStatementSyntax);

        List<string> methods =
            [.. matcher.Members.OfType<MethodDeclarationSyntax>().Select(method => method.Identifier.Text)];
        List<string> called = [.. matcher.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Select(name => name.Identifier.Text).Where(methods.Contains)];
        Assert.Equal(methods.Count, methods.Distinct().Count());
        Assert.Equal(called.Count, called.Distinct().Count());
        Assert.Equal(["MatchPath"], methods.Except(called));
        Assert.True(methods.Count > 10, "Nothing was split, so nothing was shown.");

        int scans = matcher.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Count(access => access.Name.Identifier.Text is "SegmentEnd" or "IndexOf");
        int parts = set.Rows.Sum(row => row.Template.Count(character => character is '/' or ':'));
        Assert.InRange(scans, 1, 2 * parts);
    }
}
