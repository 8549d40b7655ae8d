using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Waymark.CodeFixes.Handlers;
using Waymark.Generator.Extraction;
using Waymark.Generator.Templates;

namespace Waymark.CodeFixes.Refactorings.Handlers;

/// <summary>Adds every parameter that the templates of a method ask for.</summary>
/// <remarks>For one alone, the fix of WM2001 is there.</remarks>
internal sealed class AddParameters : Refactoring
{
    public const string Key = "handler.parameters";

    public override async Task<IReadOnlyList<Proposal>> FindAsync(CursorTarget target, CancellationToken stop)
    {
        if (target.Method is not { } method || target.Model.GetDeclaredSymbol(method, stop) is not { } symbol)
            return None;
        var missing = new HashSet<string>(RouteReader.ReadAll(symbol).SelectMany(pair => pair.Route.Problems
            .Where(problem => problem.Id == "WM2001")
            .SelectMany(problem => TemplateParser.Parse(pair.Route.Template).Captures
                .Where(capture => capture.Start == problem.Start)
                .Select(capture => capture.Text))));
        if (missing.Count < 2)
            return None;
        IReadOnlyList<Part> captures = ParameterList.CapturesOf(symbol);
        List<string> names = [.. captures.Select(capture => capture.Text).Where(missing.Contains)];
        return await ProposeAsync(
            target,
            Key,
            $"Add the parameters '{string.Join("', '", names)}'",
            ParameterList.Add(
                target,
                method,
                names.ConvertAll(name => ParameterList.ParameterFor(symbol, name)),
                [.. captures.Select(capture => capture.Text)]),
            stop).ConfigureAwait(false);
    }
}
