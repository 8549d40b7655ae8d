using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction;

/// <summary>Decides how what a handler returns is written.</summary>
internal static class ResultReader
{
    private const string Space = KnownNames.RouteNamespace;

    /// <summary>Reads the return type and the media types of a handler.</summary>
    public static ResultModel Read(IMethodSymbol method)
    {
        ITypeSymbol type = method.ReturnType;
        if (type.SpecialType == SpecialType.System_Void)
            return ResultModel.Nothing;
        ResultWrapper wrapper = WrapperOf(type);
        if (wrapper != ResultWrapper.None)
        {
            if (type is not INamedTypeSymbol { TypeArguments: [{ } value] })
                return ResultModel.Nothing with { Wrapper = wrapper };
            type = value;
        }

        ITypeSymbol? present = TypeNames.UnwrapNullable(type);
        INamedTypeSymbol? union = AsUnion(present ?? type);
        IEnumerable<ResultCase> cases = union is null ? [ReadCase(type)] : union.TypeArguments.Select(ReadCase);
        EquatableArray<ResultCase> read = cases.ToEquatableArray();
        bool isText = read.Any(option => option.Kind == ResultKind.Text);
        return new ResultModel(
            wrapper, union is not null, union is not null && present is not null, read, ProducedBy(method, isText));
    }

    private static ResultCase ReadCase(ITypeSymbol type)
    {
        if (TypeNames.UnwrapNullable(type) is { } value)
            return ReadCase(value) with { IsNullable = true };
        if (type.SpecialType == SpecialType.System_String)
            return Case(ResultKind.Text);
        if (type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte })
            return Case(ResultKind.Bytes);
        if (type is INamedTypeSymbol named && ReadNamed(named) is { } known)
            return known;
        return IsStream(type) ? Case(ResultKind.Stream) : Case(ResultKind.Json, TypeNames.Qualified(type));
    }

    private static ResultCase? ReadNamed(INamedTypeSymbol type)
    {
        if (type.TypeArguments is [{ SpecialType: SpecialType.System_Byte }]
            && type.Name is "ReadOnlyMemory" or "Memory" or "ReadOnlySpan" or "Span" && TypeNames.IsIn(type, "System"))
        {
            return Case(ResultKind.Memory);
        }

        if (type is { Name: "IAsyncEnumerable", TypeArguments: [{ } item] }
            && TypeNames.IsIn(type, "System", "Collections", "Generic"))
        {
            return ReadSequence(item);
        }

        if (!TypeNames.IsIn(type, Space) || StatusOf(type.Name, type.Arity) is not { } status)
            return null;
        string json = type.Arity == 1 ? TypeNames.Qualified(type.TypeArguments[0]) : "";
        return new ResultCase(ResultKind.Typed, status, json, IsNullable: false, type.Name);
    }

    private static ResultCase ReadSequence(ITypeSymbol item)
    {
        if (item is not INamedTypeSymbol { Name: "SseItem", TypeArguments: [{ } data] } sse
            || !TypeNames.IsIn(sse, Space))
        {
            return Case(ResultKind.Sequence, TypeNames.Qualified(item));
        }

        bool isText = data.SpecialType == SpecialType.System_String;
        return Case(ResultKind.Events, isText ? "" : TypeNames.Qualified(data));
    }

    /// <summary>The status of a typed result, 0 where it varies; null for a class that is none.</summary>
    private static int? StatusOf(string name, int arity) => (name, arity) switch
    {
        ("Ok", <= 1) => 200,
        ("Created", <= 1) => 201,
        ("Accepted", <= 1) => 202,
        ("NoContent", 0) => 204,
        ("BadRequest", <= 1) => 400,
        ("NotFound", <= 1) => 404,
        ("Conflict", <= 1) => 409,
        ("UnprocessableContent", <= 1) => 422,
        ("FileResult" or "TextResult" or "BytesResult" or "StreamResult", 0) => 200,
        ("Redirect" or "ProblemResult" or "StatusResult", 0) => 0,
        ("JsonResult", 1) => 0,
        _ => null,
    };

    private static ResultCase Case(ResultKind kind, string jsonType = "") =>
        new(kind, 200, jsonType, IsNullable: false);

    private static INamedTypeSymbol? AsUnion(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "Results", Arity: >= 2 } union && TypeNames.IsIn(union, Space) ? union : null;

    private static bool IsStream(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current is INamedTypeSymbol { Name: "Stream" } named && TypeNames.IsIn(named, "System", "IO"))
                return true;
        }

        return false;
    }

    /// <summary>What <c>[Produces]</c> on the method lists, or on the innermost class that has it.</summary>
    private static EquatableArray<string> ProducedBy(IMethodSymbol method, bool isText) =>
        MediaTypeReader.FindAttribute(method) is { } attribute
            ? MediaTypeReader.TypesOf(attribute)
                .Select(mediaType => isText ? WithCharset(mediaType) : mediaType)
                .ToEquatableArray()
            : EquatableArray<string>.Empty;

    /// <summary>Text is sent as UTF-8; a type of text that does not say so is read as anything.</summary>
    private static string WithCharset(string mediaType) =>
        mediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        && mediaType.IndexOf("charset", StringComparison.OrdinalIgnoreCase) < 0
            ? mediaType + "; charset=utf-8"
            : mediaType;

    private static ResultWrapper WrapperOf(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { Arity: <= 1 } named
            || !TypeNames.IsIn(named, "System", "Threading", "Tasks"))
            return ResultWrapper.None;
        return named.Name switch
        {
            "Task" => ResultWrapper.Task,
            "ValueTask" => ResultWrapper.ValueTask,
            _ => ResultWrapper.None,
        };
    }
}
