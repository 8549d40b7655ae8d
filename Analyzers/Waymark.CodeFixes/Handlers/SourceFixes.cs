using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Waymark.CodeFixes.Editing;
using Waymark.Generator.Extraction;

namespace Waymark.CodeFixes.Handlers;

/// <summary>WM2010 and WM2025: says with an attribute where a parameter comes from.</summary>
/// <remarks>Which one is meant nobody can know, so each that can be right is offered.</remarks>
internal abstract class StateSource(string attribute, string id = "WM2010") : EditFix
{
    public sealed override string Key => $"{id}." + attribute.ToLowerInvariant();

    public sealed override string TitleOf(FixTarget target) => $"Add [{attribute}] to '{target.Name}'";

    public sealed override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        if (target.Method is not { } method || target.Model.GetDeclaredSymbol(method, stop) is not { } symbol
            || symbol.Parameters.FirstOrDefault(other => other.Name == target.Name) is not { } parameter
            || method.ParameterList.Parameters.FirstOrDefault(other => other.Identifier.ValueText == target.Name)
                is not { } declaration
            || !CanBe(symbol, parameter.Type))
        {
            return Edits();
        }

        SourceEdit stated = target.Insert(declaration.SpanStart, $"[{attribute}] ");
        return Usings.Add(target, method.SpanStart, attribute + "Attribute", "Waymark") is { } import
            ? Edits(import, stated)
            : Edits(stated);
    }

    protected abstract bool CanBe(IMethodSymbol method, ITypeSymbol type);

    /// <summary>A class or struct of the user's, which may be made of several values.</summary>
    protected static bool HasMembers(ITypeSymbol type) =>
        type is { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false, SpecialType: SpecialType.None }
        && TypeNames.UnwrapNullable(type) is null && type.Locations.Any(location => location.IsInSource);
}

internal sealed class StateService() : StateSource("Service")
{
    protected override bool CanBe(IMethodSymbol method, ITypeSymbol type) => !type.IsValueType;
}

internal sealed class StateQuery() : StateSource("Query")
{
    protected override bool CanBe(IMethodSymbol method, ITypeSymbol type) => HasMembers(type);
}

internal sealed class StateBind() : StateSource("Bind")
{
    protected override bool CanBe(IMethodSymbol method, ITypeSymbol type) => HasMembers(type);
}

internal sealed class StateBody() : StateSource("Body")
{
    // RFC 9110 gives the content of these methods no meaning (sections 9.3.1, 9.3.2, 9.3.5 and 9.3.7).
    protected override bool CanBe(IMethodSymbol method, ITypeSymbol type) => RouteReader.ReadAll(method)
        .All(route => route.Route.Verb is not ("GET" or "HEAD" or "DELETE" or "OPTIONS" or "TRACE"));
}

/// <summary>WM2025: the list is the body.</summary>
internal sealed class StateListBody() : StateSource("Body", "WM2025")
{
    protected override bool CanBe(IMethodSymbol method, ITypeSymbol type) => true;
}

/// <summary>WM2025: the list comes from the query, as it did.</summary>
internal sealed class StateListQuery() : StateSource("Query", "WM2025")
{
    protected override bool CanBe(IMethodSymbol method, ITypeSymbol type) => true;
}

/// <summary>WM2011: takes a parameter by value.</summary>
internal sealed class TakeByValue : EditFix
{
    public override string Key => "WM2011.value";

    public override string TitleOf(FixTarget target) => $"Take '{target.Name}' by value";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        if (target.Method?.ParameterList.Parameters.FirstOrDefault(other =>
                other.Identifier.ValueText == target.Name) is not { Type: { } type } declaration
            || target.Model.GetTypeInfo(type, stop).Type is not { } symbol
            || symbol.IsRefLikeType || symbol.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer)
        {
            return Edits();
        }

        SyntaxToken first = declaration.Modifiers.FirstOrDefault(modifier => modifier.Kind() is
            SyntaxKind.RefKeyword or SyntaxKind.InKeyword or SyntaxKind.OutKeyword or SyntaxKind.ParamsKeyword);
        // Only as params may a list stand behind parameters that have a default.
        bool isBehindOptional = first.IsKind(SyntaxKind.ParamsKeyword)
            && target.Method.ParameterList.Parameters.Any(other => other.Default is not null);
        return first.IsKind(SyntaxKind.None) || isBehindOptional
            ? Edits()
            : Edits(target.Replace(TextSpan.FromBounds(first.SpanStart, type.SpanStart), ""));
    }
}
