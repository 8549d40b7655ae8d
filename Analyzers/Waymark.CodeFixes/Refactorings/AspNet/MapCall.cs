using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Waymark.CodeFixes.Refactorings.AspNet;

/// <summary>A statement such as <c>app.MapGet("/users/{id}", (int id) => …);</c>.</summary>
/// <param name="Statement">All of it.</param>
/// <param name="Call">The call in it.</param>
/// <param name="Verbs">The request methods that it maps.</param>
/// <param name="Template">The template of ASP.NET.</param>
/// <param name="Handler">A lambda, or the name of a method.</param>
internal sealed record MapCall(
    ExpressionStatementSyntax Statement,
    InvocationExpressionSyntax Call,
    IReadOnlyList<string> Verbs,
    string Template,
    ExpressionSyntax Handler)
{
    private static readonly Dictionary<string, string> VerbOf = new(StringComparer.Ordinal)
    {
        ["MapGet"] = "GET",
        ["MapPost"] = "POST",
        ["MapPut"] = "PUT",
        ["MapDelete"] = "DELETE",
        ["MapPatch"] = "PATCH",
        ["MapMethods"] = "",
    };

    /// <summary>The call whose name or template the cursor is on; null where there is none.</summary>
    /// <remarks>
    /// What is called on its result (<c>.RequireAuthorization()</c>) would be lost, and what a group puts before it is
    /// not known, so neither is a call of this kind.
    /// </remarks>
    public static MapCall? Find(CursorTarget target)
    {
        foreach (SyntaxToken token in target.Tokens)
        {
            if (token.Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is
                {
                    Parent: ExpressionStatementSyntax statement,
                    Expression: MemberAccessExpressionSyntax access,
                } call
                && VerbOf.TryGetValue(access.Name.Identifier.ValueText, out string? verb)
                && (access.Name.Identifier == token
                    || call.ArgumentList.Arguments.FirstOrDefault()?.Span.Contains(token.Span) == true)
                && Read(target.Model, statement, call, access, verb) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static MapCall? Read(
        SemanticModel model,
        ExpressionStatementSyntax statement,
        InvocationExpressionSyntax call,
        MemberAccessExpressionSyntax access,
        string verb)
    {
        SeparatedSyntaxList<ArgumentSyntax> arguments = call.ArgumentList.Arguments;
        bool isOfMethods = verb.Length == 0;
        if (arguments.Count != (isOfMethods ? 3 : 2) || arguments.Any(argument => argument.NameColon is not null)
            || model.GetSymbolInfo(call).Symbol is not IMethodSymbol method || !AspNames.IsAspNet(method)
            || model.GetTypeInfo(access.Expression).Type is not { } receiver || MayBeGroup(receiver, model.Compilation)
            || model.GetConstantValue(arguments[0].Expression).Value is not string template)
        {
            return null;
        }

        List<string>? verbs = isOfMethods ? VerbsIn(model, arguments[1].Expression) : [verb];
        return verbs is { Count: > 0 }
            ? new MapCall(statement, call, verbs, template, arguments[arguments.Count - 1].Expression)
            : null;
    }

    /// <summary>True for a group, and for an interface where a group may be behind it.</summary>
    private static bool MayBeGroup(ITypeSymbol receiver, Compilation compilation) => receiver.Name switch
    {
        "RouteGroupBuilder" => true,
        "IEndpointRouteBuilder" => compilation.SyntaxTrees.Any(tree => tree.GetRoot().DescendantNodes()
            .OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == "MapGroup")),
        _ => false,
    };

    private static List<string>? VerbsIn(SemanticModel model, ExpressionSyntax expression)
    {
        IEnumerable<ExpressionSyntax>? elements = expression switch
        {
            ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
            ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
            CollectionExpressionSyntax list => list.Elements.Select(element =>
                (element as ExpressionElementSyntax)?.Expression!),
            _ => null,
        };
        if (elements is null)
            return null;
        List<string?> verbs =
        [
            .. elements.Select(element => element is null ? null : model.GetConstantValue(element).Value as string),
        ];
        return verbs.Contains(null) ? null : verbs.ConvertAll(verb => verb!.ToUpperInvariant());
    }
}
