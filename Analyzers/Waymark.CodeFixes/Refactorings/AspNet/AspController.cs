using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.CodeFixes.Editing;
using Waymark.Generator.Templates;

namespace Waymark.CodeFixes.Refactorings.AspNet;

/// <summary>A controller with <c>[ApiController]</c>.</summary>
/// <param name="Declaration">Its only part.</param>
/// <param name="Symbol">The class.</param>
/// <param name="Marker">The attribute <c>[ApiController]</c>.</param>
/// <param name="Route">Its <c>[Route]</c>; null where it has none.</param>
/// <param name="Prefix">The template of that, where only the names of actions are left out; "" for none.</param>
internal sealed record AspController(
    ClassDeclarationSyntax Declaration,
    INamedTypeSymbol Symbol,
    AttributeSyntax Marker,
    AttributeSyntax? Route,
    string Prefix)
{
    private static readonly HashSet<string> PlainTypes =
        new(StringComparer.Ordinal) { "Int32", "Int64", "Int16", "Byte", "UInt32", "UInt64", "Guid" };

    /// <summary>Reads a class; null where it is no such controller, or says more than a template.</summary>
    public static AspController? Read(EditTarget target, ClassDeclarationSyntax declaration)
    {
        if (target.Model.GetDeclaredSymbol(declaration) is not { DeclaringSyntaxReferences.Length: 1 } symbol
            || symbol.BaseType is not { Name: "ControllerBase" } parent || !AspNames.IsAspNet(parent)
            || !RouteText.CanHold(symbol))
        {
            return null;
        }

        AttributeSyntax? marker = null;
        AttributeSyntax? route = null;
        foreach (AttributeSyntax attribute in declaration.AttributeLists.SelectMany(list => list.Attributes))
        {
            string? kind = AspNames.AttributeName(target.Model, attribute);
            if (kind == "ApiController")
                marker = attribute;
            else if (kind == "Route" && route is null)
                route = attribute;
            else if (kind is not null)
                return null;
        }

        if (marker is null)
            return null;
        string? template = route is null ? "" : AspNames.StringArgument(target.Model, route, null);
        string controller = AspAction.ControllerOf(symbol);
        return template is not null && AspAction.WithTokens(template, controller, AspAction.NameToken) is { } prefix
            ? new AspController(declaration, symbol, marker, route, prefix)
            : null;
    }

    /// <summary>The path of an action as an interpolated string; null where its values are not plain.</summary>
    /// <param name="target">The document.</param>
    /// <param name="action">Its name.</param>
    /// <param name="values">The anonymous object that fills its template.</param>
    public string? PathOf(EditTarget target, string action, AnonymousObjectCreationExpressionSyntax values)
    {
        List<MethodDeclarationSyntax> methods = [.. Declaration.Members.OfType<MethodDeclarationSyntax>()
            .Where(method => method.Identifier.ValueText == action)];
        if (methods.Count != 1 || AspAction.Read(target, methods[0]) is not { } read)
            return null;
        string? text = AspTemplate.Convert(
            read.Below(Prefix), name => new AspCapture(name.ToLowerInvariant(), IsOptional: false));
        if (text is null)
            return null;

        var expressions = new Dictionary<string, ExpressionSyntax>(StringComparer.Ordinal);
        foreach (AnonymousObjectMemberDeclaratorSyntax value in values.Initializers)
        {
            string? name = value.NameEquals?.Name.Identifier.ValueText
                ?? (value.Expression as IdentifierNameSyntax)?.Identifier.ValueText
                ?? (value.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText;
            if (name is null)
                return null;
            expressions[name.ToLowerInvariant()] = value.Expression;
        }

        Template template = TemplateParser.Parse(text);
        // A value more would be in the query.
        if (expressions.Count != template.Captures.Count())
            return null;
        var path = new System.Text.StringBuilder("$\"");
        foreach (Segment segment in template.Segments)
        {
            path.Append('/');
            foreach (Part part in segment.Parts)
            {
                bool isValue = expressions.TryGetValue(part.Text, out ExpressionSyntax? value);
                if (part.Kind == PartKind.Literal)
                    path.Append(part.Text);
                else if (isValue && !part.IsOptional && IsPlain(target, value!))
                    path.Append('{').Append(value).Append('}');
                else
                    return null;
            }
        }

        return path.Append('"').ToString();
    }

    private static bool IsPlain(EditTarget target, ExpressionSyntax value) =>
        target.Model.GetTypeInfo(value).Type is { } type && PlainTypes.Contains(type.Name)
        && value.DescendantTokens().All(token => token.Kind() is SyntaxKind.IdentifierToken or SyntaxKind.DotToken);
}
