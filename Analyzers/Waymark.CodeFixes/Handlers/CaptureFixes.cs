using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.CodeFixes.Editing;
using Waymark.Generator.Extraction;
using Waymark.Generator.Templates;

namespace Waymark.CodeFixes.Handlers;

/// <summary>WM2001, WM7003: adds the parameter that takes a capture.</summary>
internal sealed class AddParameter(string id) : EditFix
{
    public override string Key => id + ".add";

    public override string TitleOf(FixTarget target)
    {
        string type = target.Method is { } method && target.Model.GetDeclaredSymbol(method) is { } symbol
            ? ParameterList.ParameterFor(symbol, target.Name).Type
            : ConstrainedType.Text;
        return $"Add the parameter '{type} {target.Name}'";
    }

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop) =>
        FindAllEditsAsync([target], stop);

    public override Task<IReadOnlyList<SourceEdit>> FindAllEditsAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop)
    {
        var edits = new List<SourceEdit>();
        // The parameters of one method are added together, so that they come in the order of the template.
        foreach ((FixTarget first, MethodDeclarationSyntax method, IMethodSymbol symbol, IReadOnlyList<FixTarget> all)
            in ByMethod(targets, stop))
        {
            IReadOnlyList<Part> captures = ParameterList.CapturesOf(symbol);
            var names = new HashSet<string>(all.Select(target => target.Name), StringComparer.Ordinal);
            edits.AddRange(ParameterList.Add(
                first,
                method,
                [.. captures.Where(capture => names.Contains(capture.Text))
                    .Select(capture => ParameterList.ParameterFor(symbol, capture.Text))],
                [.. captures.Select(capture => capture.Text)]));
        }

        return Task.FromResult<IReadOnlyList<SourceEdit>>(edits);
    }
}

/// <summary>WM2001: gives a capture the name of the parameter that was probably meant.</summary>
internal sealed class RenameCapture : EditFix
{
    public override string Key => "WM2001.rename";

    public override string TitleOf(FixTarget target) =>
        $"Rename the capture to '{FindClosest(target, CancellationToken.None)}'";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        // Only where the name stands in the method's own template as it is spelled.
        if (!target.IsExact || !target.Marked.Substring(1).StartsWith(target.Name, StringComparison.Ordinal))
            return Edits();
        return FindClosest(target, stop) is { } closest
            ? Edits(target.Replace(new TextSpan(target.Span.Start + 1, target.Name.Length), closest))
            : Edits();
    }

    private static string? FindClosest(FixTarget target, CancellationToken stop)
    {
        if (target.Method is not { } method || target.Model.GetDeclaredSymbol(method, stop) is not { } symbol)
            return null;
        var taken = new HashSet<string>(
            ParameterList.CapturesOf(symbol).Select(capture => capture.Text), StringComparer.Ordinal);
        return ClosestName.Find(
            target.Name,
            symbol.Parameters
                .Where(parameter => !taken.Contains(parameter.Name) && CanCapture(parameter.Type))
                .Select(parameter => parameter.Name));
    }

    private static bool CanCapture(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_String or SpecialType.System_Int32 or SpecialType.System_Int64
        || type.Name == nameof(Guid);
}

/// <summary>
/// WM1004: gives the second of two equal captures a free name, and the handler a parameter of that name.
/// </summary>
internal sealed class RenameDuplicate : EditFix
{
    public override string Key => "WM1004.rename";

    public override string TitleOf(FixTarget target) =>
        $"Rename the second '{target.Name}' to '{FreeName(target, CancellationToken.None).Name}' and add a parameter";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        if (!target.IsExact || target.Name.Length == 0
            || !target.Marked.Substring(1).StartsWith(target.Name, StringComparison.Ordinal))
        {
            return Edits();
        }

        (string name, MethodDeclarationSyntax? method, IReadOnlyList<Part> captures) = FreeName(target, stop);
        if (method is null)
            return Edits();
        List<string> order = [.. captures.Select(capture => capture.Text)];
        order.Insert(order.IndexOf(target.Name) + 1, name);
        Part second = TemplateParser.Parse("/" + target.Marked).Captures.First();
        var added = new NewParameter(name, ConstrainedType.Of(second), second.IsOptional);
        return Edits(
        [
            target.Replace(new TextSpan(target.Span.Start + 1, target.Name.Length), name),
            .. ParameterList.Add(target, method, [added], order),
        ]);
    }

    private static (string Name, MethodDeclarationSyntax? Method, IReadOnlyList<Part> Captures) FreeName(
        FixTarget target, CancellationToken stop)
    {
        // A prefix is shared by many methods: a name in it is not free because it is free in one of them.
        if (target.Method is not { } method || target.Model.GetDeclaredSymbol(method, stop) is not { } symbol)
            return ("", null, []);
        IReadOnlyList<Part> captures = ParameterList.CapturesOf(symbol);
        var taken = new HashSet<string>(
            captures.Select(capture => capture.Text).Concat(symbol.Parameters.Select(parameter => parameter.Name)),
            StringComparer.Ordinal);
        int number = 2;
        while (taken.Contains(target.Name + number))
            number++;
        return (target.Name + number, method, captures);
    }
}
