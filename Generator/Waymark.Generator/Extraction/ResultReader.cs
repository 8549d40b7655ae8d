using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction;

/// <summary>Decides how a return type is written.</summary>
internal static class ResultReader
{
    private static readonly ResultModel NothingAtOnce = new(ResultKind.Nothing, ResultWrapper.None, "", false);

    /// <summary>Reads a return type.</summary>
    public static ResultModel Read(ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_Void)
            return NothingAtOnce;
        ResultWrapper wrapper = WrapperOf(type);
        if (wrapper == ResultWrapper.None)
            return ReadValue(type, wrapper);
        return type is INamedTypeSymbol { TypeArguments: [{ } value] }
            ? ReadValue(value, wrapper)
            : NothingAtOnce with { Wrapper = wrapper };
    }

    private static ResultModel ReadValue(ITypeSymbol type, ResultWrapper wrapper)
    {
        if (type.SpecialType == SpecialType.System_String)
            return new ResultModel(ResultKind.Text, wrapper, "", false);
        if (type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte })
            return new ResultModel(ResultKind.Bytes, wrapper, "", false);
        if (TypeNames.UnwrapNullable(type) is { } value)
            return new ResultModel(ResultKind.Json, wrapper, TypeNames.Qualified(value), true);
        return new ResultModel(ResultKind.Json, wrapper, TypeNames.Qualified(type), false);
    }

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
