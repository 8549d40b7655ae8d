using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Extraction;

/// <summary>Decides where each parameter of a handler gets its value: nothing is left to guess at run time.</summary>
/// <remarks>
/// In the template: path. A context type: itself. A type that text can be parsed into: query. Otherwise the body, on a
/// method that has one. <c>[Path]</c>, <c>[Query]</c> and <c>[Body]</c> say it explicitly.
/// </remarks>
internal static class ParameterReader
{
    private const string Parsable = "int, long, Guid or string";

    /// <summary>Reads all parameters; what cannot be bound is added to the problems.</summary>
    public static EquatableArray<ParameterModel> ReadAll(
        IMethodSymbol method, string verb, Template template, ImmutableArray<Problem>.Builder problems)
    {
        List<Part> captures = template.Captures.ToList();
        var parameters = new List<ParameterModel>();
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (Read(parameter, verb, captures, template.Text, problems) is { } model)
                parameters.Add(model);
        }

        CheckCaptures(method, captures, template, problems);
        CheckBodies(method, parameters, problems);
        return parameters.ToEquatableArray();
    }

    private static ParameterModel? Read(
        IParameterSymbol parameter,
        string verb,
        List<Part> captures,
        string template,
        ImmutableArray<Problem>.Builder problems)
    {
        if (parameter.RefKind != RefKind.None || parameter.IsParams || IsUnstorable(parameter.Type))
        {
            problems.Add(Problem.AtParameter(
                "WM2011", parameter.Name,
                $"The parameter '{parameter.Name}' is passed by reference, takes a list, or has a ref struct or " +
                "pointer type, " +
                $"which no request can fill: take a value of type {Parsable}, or a class."));
            return null;
        }

        ITypeSymbol type = TypeNames.UnwrapNullable(parameter.Type) ?? parameter.Type;
        ValueKind kind = KindOf(type);
        int depth = captures.FindIndex(capture => capture.Text == parameter.Name);
        ParameterSource? source = Explicit(parameter) ?? Infer(parameter, type, kind, depth, verb, problems);
        if (source is null || !CanBind(parameter, source.Value, kind, depth, template, problems))
            return null;
        return Build(parameter, type, kind, source.Value, depth, captures);
    }

    private static ParameterModel Build(
        IParameterSymbol parameter,
        ITypeSymbol type,
        ValueKind kind,
        ParameterSource source,
        int depth,
        List<Part> captures)
    {
        bool isNullable = !SymbolEqualityComparer.Default.Equals(type, parameter.Type)
            || parameter.NullableAnnotation == NullableAnnotation.Annotated;
        bool isOptional = source == ParameterSource.Path
            ? captures[depth].IsOptional
            : isNullable || parameter.HasExplicitDefaultValue;
        return new ParameterModel(
            parameter.Name,
            source,
            source is ParameterSource.Path or ParameterSource.Query ? kind : ValueKind.None,
            TypeNames.Qualified(source == ParameterSource.Body ? parameter.Type : type),
            isNullable,
            DefaultOf(parameter),
            source == ParameterSource.Path ? depth : -1,
            isOptional);
    }

    private static ParameterSource? Explicit(IParameterSymbol parameter)
    {
        foreach (AttributeData attribute in parameter.GetAttributes())
        {
            if (attribute.AttributeClass is not { } type || !TypeNames.IsIn(type, KnownNames.RouteNamespace))
                continue;
            switch (type.Name)
            {
                case "PathAttribute":
                    return ParameterSource.Path;
                case "QueryAttribute":
                    return ParameterSource.Query;
                case "BodyAttribute":
                    return ParameterSource.Body;
            }
        }

        return null;
    }

    private static ParameterSource? Infer(
        IParameterSymbol parameter,
        ITypeSymbol type,
        ValueKind kind,
        int depth,
        string verb,
        ImmutableArray<Problem>.Builder problems)
    {
        if (depth >= 0)
            return ParameterSource.Path;
        if (ContextOf(type) is { } context)
            return context;
        if (kind != ValueKind.None)
            return ParameterSource.Query;
        if (IsTextLike(type))
        {
            problems.Add(Problem.AtParameter(
                "WM2004", parameter.Name,
                $"The parameter '{parameter.Name}' would come from the query, but this version does not parse " +
                $"'{TypeNames.Shown(parameter.Type)}': use {Parsable}."));
            return null;
        }

        if (verb is "POST" or "PUT" or "PATCH")
            return ParameterSource.Body;
        problems.Add(Problem.AtParameter(
            "WM2010", parameter.Name,
            $"Nothing says where '{TypeNames.Shown(parameter.Type)} {parameter.Name}' comes from: it is not in the " +
            $"template, {TypeNames.Shown(parameter.Type)} is not {Parsable}, and {verb} has no body. Put " +
            $"':{parameter.Name}' into the template, change the type, or say [Body]."));
        return null;
    }

    private static bool CanBind(
        IParameterSymbol parameter,
        ParameterSource source,
        ValueKind kind,
        int depth,
        string template,
        ImmutableArray<Problem>.Builder problems)
    {
        switch (source)
        {
            case ParameterSource.Path when depth < 0:
                problems.Add(Problem.AtParameter(
                    "WM2002", parameter.Name,
                    $"[Path] '{parameter.Name}' is not in the template \"{template}\": add ':{parameter.Name}' " +
                    "to it, or rename the parameter to one that is."));
                return false;
            case ParameterSource.Path when kind == ValueKind.None:
                problems.Add(Problem.AtParameter(
                    "WM2003", parameter.Name,
                    $"The path cannot be parsed into '{TypeNames.Shown(parameter.Type)} {parameter.Name}': use " +
                    $"{Parsable}."));
                return false;
            case ParameterSource.Query when kind == ValueKind.None:
                problems.Add(Problem.AtParameter(
                    "WM2004", parameter.Name,
                    $"A query value cannot be parsed into '{TypeNames.Shown(parameter.Type)} {parameter.Name}': use " +
                    $"{Parsable}."));
                return false;
            default:
                return true;
        }
    }

    private static void CheckCaptures(
        IMethodSymbol method, List<Part> captures, Template template, ImmutableArray<Problem>.Builder problems)
    {
        foreach (Part capture in captures)
        {
            // A name that starts with an underscore says that the value is not wanted; one without a name is WM1003.
            if (capture.Text.Length == 0 || capture.Text[0] == '_')
                continue;
            if (method.Parameters.Any(parameter => parameter.Name == capture.Text))
                continue;
            string sigil = capture.Kind == PartKind.CatchAll ? "*" : ":";
            problems.Add(Problem.InTemplate(
                "WM2001", capture.Start, capture.Length,
                $"No parameter of '{method.Name}' takes '{sigil}{capture.Text}' of \"{template.Text}\": add one, " +
                $"or write '{sigil}_{capture.Text}' to ignore the value."));
        }
    }

    private static void CheckBodies(
        IMethodSymbol method, List<ParameterModel> parameters, ImmutableArray<Problem>.Builder problems)
    {
        List<ParameterModel> bodies = parameters.FindAll(parameter => parameter.Source == ParameterSource.Body);
        foreach (ParameterModel extra in bodies.Skip(1))
        {
            problems.Add(Problem.AtParameter(
                "WM2007", extra.Name,
                $"'{method.Name}' takes its body twice, as '{bodies[0].Name}' and as '{extra.Name}': a request has " +
                "one body. Put both into one record."));
        }
    }

    private static ParameterSource? ContextOf(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol named)
            return null;
        if (named.Name == "CancellationToken" && TypeNames.IsIn(named, "System", "Threading"))
            return ParameterSource.CancellationToken;
        if (!TypeNames.IsIn(named, KnownNames.RouteNamespace))
            return null;
        return named.Name switch
        {
            "Exchange" => ParameterSource.Exchange,
            "Request" => ParameterSource.Request,
            "Response" => ParameterSource.Response,
            _ => null,
        };
    }

    private static ValueKind KindOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Int32 => ValueKind.Int32,
        SpecialType.System_Int64 => ValueKind.Int64,
        SpecialType.System_String => ValueKind.String,
        _ => type is INamedTypeSymbol { Name: "Guid" } named && TypeNames.IsIn(named, "System")
            ? ValueKind.Guid
            : ValueKind.None,
    };

    private static bool IsUnstorable(ITypeSymbol type) =>
        type.IsRefLikeType || type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer;

    /// <summary>
    /// True for types that a reader would expect in the query: other numbers, enums, dates, lists of them.
    /// </summary>
    private static bool IsTextLike(ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Enum || (type.SpecialType != SpecialType.None && type.IsValueType))
            return true;
        if (type is IArrayTypeSymbol array)
            return KindOf(array.ElementType) != ValueKind.None;
        return type.AllInterfaces.Any(candidate =>
            candidate.Name is "IParsable" or "ISpanParsable" or "IUtf8SpanParsable"
            && TypeNames.IsIn(candidate, "System"));
    }

    private static string? DefaultOf(IParameterSymbol parameter)
    {
        if (!parameter.HasExplicitDefaultValue)
            return null;
        return parameter.ExplicitDefaultValue is { } value
            ? SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)
            : "default";
    }
}
