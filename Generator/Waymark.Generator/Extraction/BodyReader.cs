using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction;

/// <summary>Decides how a body is handed over: as it came for some types of the platform, else as JSON.</summary>
internal static class BodyReader
{
    /// <summary>The kind that a type says by itself, without <c>[Body]</c>; null for all others.</summary>
    public static BodyKind? Unmistakable(ITypeSymbol type)
    {
        BodyKind kind = Read(type);
        return kind is BodyKind.Stream or BodyKind.PipeReader or BodyKind.Sequence or BodyKind.Multipart ? kind : null;
    }

    /// <summary>The kind of a parameter that is the body.</summary>
    public static BodyKind Read(ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_String)
            return BodyKind.Text;
        if (type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte })
            return BodyKind.Bytes;
        if (type is not INamedTypeSymbol named)
            return BodyKind.Json;
        return named.Name switch
        {
            "Stream" when TypeNames.IsIn(named, "System", "IO") => BodyKind.Stream,
            "PipeReader" when TypeNames.IsIn(named, "System", "IO", "Pipelines") => BodyKind.PipeReader,
            "MultipartReader" when TypeNames.IsIn(named, KnownNames.RouteNamespace) => BodyKind.Multipart,
            "ReadOnlyMemory" when IsOfBytes(named, "System") => BodyKind.Memory,
            "ReadOnlySequence" when IsOfBytes(named, "System", "Buffers") => BodyKind.Sequence,
            _ => BodyKind.Json,
        };
    }

    /// <summary>How a file of a form is handed over; <see cref="BodyKind.None"/> for a type that is none.</summary>
    public static BodyKind ReadFile(ITypeSymbol type)
    {
        if (IsFile(type))
            return BodyKind.File;
        ITypeSymbol? element = type switch
        {
            IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
            INamedTypeSymbol
            {
                Name: "IEnumerable" or "ICollection" or "IList" or "IReadOnlyCollection" or "IReadOnlyList",
                TypeArguments: [{ } item],
            } list when TypeNames.IsIn(list, "System", "Collections", "Generic") => item,
            _ => null,
        };
        return element is not null && IsFile(element) ? BodyKind.Files : BodyKind.None;
    }

    private static bool IsFile(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "FormFile" } named && TypeNames.IsIn(named, KnownNames.RouteNamespace);

    private static bool IsOfBytes(INamedTypeSymbol type, params string[] space) =>
        type.TypeArguments is [{ SpecialType: SpecialType.System_Byte }] && TypeNames.IsIn(type, space);
}
