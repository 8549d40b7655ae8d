using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.CodeFixes.Editing;
using Waymark.CodeFixes.Handlers;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;

namespace Waymark.CodeFixes.Refactorings.Handlers;

/// <summary>Takes a parameter from the path that came from the query: its capture goes behind every template.</summary>
internal sealed class CaptureParameter : Refactoring
{
    public const string Key = "handler.capture";

    public override async Task<IReadOnlyList<Proposal>> FindAsync(CursorTarget target, CancellationToken stop)
    {
        ParameterSyntax? parameter = target.Tokens
            .Select(token => token.Parent is ParameterSyntax found && found.Identifier == token ? found : null)
            .FirstOrDefault(found => found is not null);
        if (parameter is not { Parent.Parent: MethodDeclarationSyntax method, AttributeLists.Count: 0 }
            || target.Model.GetDeclaredSymbol(method, stop) is not { } symbol)
        {
            return None;
        }

        string name = parameter.Identifier.ValueText;
        var edits = new List<SourceEdit>();
        foreach ((AttributeData attribute, RouteModel route) in RouteReader.ReadAll(symbol))
        {
            ParameterModel? model = route.Handler.Parameters.FirstOrDefault(other => other.Name == name);
            bool isOfQuery = model is { Source: ParameterSource.Query, Value.Collection: CollectionKind.None };
            string capture = name + (model?.IsOptional == true ? "?" : "");
            if (!isOfQuery || AppendCapture.Append(target, attribute, route.Template, [capture], stop) is not { } edit)
                return None;
            edits.Add(edit);
        }

        return await ProposeAsync(target, Key, $"Take '{name}' from the path", edits, stop).ConfigureAwait(false);
    }
}
