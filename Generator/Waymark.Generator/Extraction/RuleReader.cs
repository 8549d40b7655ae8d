using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction;

/// <summary>Reads validation attributes into rules that generated code checks without them.</summary>
/// <remarks>
/// Rules of this file: an attribute becomes a rule, or nothing because every value meets it, or a problem. It is
/// compiled into the generator and into the analyzers, so that what is said of an attribute is what becomes of it.
/// </remarks>
internal static class RuleReader
{
    /// <summary>An attribute that is not compiled: a warning, the route is emitted without it.</summary>
    public const string NotCompiled = "WM2020";

    /// <summary>An attribute that no value can meet, or that cannot be asked of a value of its type.</summary>
    public const string Impossible = "WM2021";

    private const int DefaultTimeoutMilliseconds = 2000;

    private static readonly string[] Space = ["System", "ComponentModel", "DataAnnotations"];

    /// <summary>The rules of a member or parameter in the order of its attributes.</summary>
    /// <param name="attributes">All its attributes.</param>
    /// <param name="target">What they stand on.</param>
    /// <param name="problems">Gets what is wrong with them; <see cref="NotCompiled"/> is no problem here.</param>
    public static EquatableArray<RuleModel> Read(
        IEnumerable<AttributeData> attributes, Lazy<RuleTarget> target, List<Problem> problems)
    {
        List<RuleModel>? rules = null;
        foreach (AttributeData attribute in attributes)
        {
            if (!IsValidation(attribute))
                continue;
            (RuleModel? rule, Problem? problem) = Read(attribute, target.Value);
            if (rule is not null)
                (rules ??= []).Add(rule);
            if (problem is { Id: Impossible })
                problems.Add(problem);
        }

        return rules is null ? EquatableArray<RuleModel>.Empty : rules.ToEquatableArray();
    }

    /// <summary>True for an attribute that derives from <c>ValidationAttribute</c>.</summary>
    public static bool IsValidation(AttributeData attribute)
    {
        for (INamedTypeSymbol? type = attribute.AttributeClass?.BaseType; type is not null; type = type.BaseType)
        {
            if (type.Name == "ValidationAttribute")
                return TypeNames.IsIn(type, Space);
        }

        return false;
    }

    /// <summary>What becomes of one validation attribute.</summary>
    public static (RuleModel? Rule, Problem? Problem) Read(AttributeData attribute, RuleTarget target)
    {
        var reading = new RuleReading(attribute, target);
        string name = attribute.AttributeClass!.Name;
        if (!TypeNames.IsIn(attribute.AttributeClass, Space))
            return (null, Advice(attribute, target));
        RuleModel? rule = name switch
        {
            "RequiredAttribute" => ReadRequired(reading),
            "RangeAttribute" => ReadRange(reading),
            "MinLengthAttribute" => ReadLength(reading, reading.Number(0), null),
            // -1, and no argument, is any length.
            "MaxLengthAttribute" => reading.Number(0) is null or -1
                ? null
                : ReadLength(reading, null, reading.Number(0)),
            "LengthAttribute" => ReadLength(reading, reading.Number(0), reading.Number(1)),
            "StringLengthAttribute" => ReadStringLength(reading),
            "RegularExpressionAttribute" => ReadPattern(reading),
            "EmailAddressAttribute" => ReadText(reading, RuleKind.Email),
            "UrlAttribute" => ReadText(reading, RuleKind.Url),
            "PhoneAttribute" => ReadText(reading, RuleKind.Phone),
            "CreditCardAttribute" => ReadText(reading, RuleKind.CreditCard),
            "Base64StringAttribute" => ReadText(reading, RuleKind.Base64),
            "AllowedValuesAttribute" => ReadValues(reading, RuleKind.AllowedValues),
            "DeniedValuesAttribute" => ReadValues(reading, RuleKind.DeniedValues),
            "CompareAttribute" => ReadCompare(reading),
            // It only says how a value is shown: every value is valid.
            "DataTypeAttribute" => null,
            _ => reading.Refuse(Advice(attribute, target)),
        };
        return (rule, reading.Problem);
    }

    private static Problem Advice(AttributeData attribute, RuleTarget target)
    {
        string type = target.Container?.Name ?? "T";
        return target.ProblemOf(
            NotCompiled,
            $"[{RuleReading.NameOf(attribute)}] on '{target.Shown}' is not checked: generated code runs the " +
            "attributes that Waymark knows and no others. " + (target.Parameter is null
                ? $"Write 'static IEnumerable<ValidationError> Validate({type} value)' on '{type}' instead."
                : "Check it in the handler, or take a type with a 'static IEnumerable<ValidationError> Validate(T)'."));
    }

    private static RuleModel? ReadRequired(RuleReading reading)
    {
        RuleTarget target = reading.Target;
        // A value that cannot be null is always given.
        if (target.Type.IsValueType && !target.IsNullable)
            return null;
        bool allowsEmpty = reading.Named("AllowEmptyStrings", false);
        return reading.Rule(RuleKind.Required, target.IsText && !allowsEmpty ? "1" : "", "");
    }

    private static RuleModel? ReadRange(RuleReading reading)
    {
        int first = reading.ArgumentCount == 3 ? 1 : 0;
        string low = reading.Text(first);
        string high = reading.Text(first + 1);
        string type = reading.Target.TypeName;
        if (RangeBounds.DomainOf(type, low, high) is not { } domain)
        {
            return reading.Refuse(
                $"cannot be asked of '{TypeNames.Shown(reading.Target.Type)}' with bounds of '{low}' and '{high}': a " +
                "range is one of numbers, dates or times, written in the invariant culture");
        }

        bool isLowExclusive = reading.Named("MinimumIsExclusive", false);
        bool isHighExclusive = reading.Named("MaximumIsExclusive", false);
        int order = RangeBounds.Compare(domain, low, high);
        if (order > 0 || (order == 0 && (isLowExclusive || isHighExclusive)))
            return reading.Refuse("is met by no value: the bounds are the wrong way round");
        return reading.Rule(RuleKind.Range, low, high, low, high) is { } rule
            ? rule with { IsLowExclusive = isLowExclusive, IsHighExclusive = isHighExclusive }
            : null;
    }

    private static RuleModel? ReadStringLength(RuleReading reading)
    {
        int min = reading.Named("MinimumLength", 0);
        if (!reading.Target.IsText)
            return reading.RefuseType("a string");
        int? max = reading.Number(0);
        return ReadLength(reading, min == 0 ? null : min, max, max ?? 0, min);
    }

    private static RuleModel? ReadLength(RuleReading reading, int? min, int? max, params object[] shown)
    {
        if (!reading.Target.IsText && !reading.Target.IsCollection)
            return reading.RefuseType("a string or a collection");
        if (min < 0 || max < 0)
            return reading.Refuse("is met by no value: a length is not negative");
        if (min > max)
            return reading.Refuse("is met by no value: the least length is above the greatest");
        if (shown.Length == 0)
            shown = new object?[] { min, max }.Where(bound => bound is not null).Select(bound => bound!).ToArray();
        return reading.Rule(RuleKind.Length, Shown(min), Shown(max), shown);
    }

    private static string Shown(int? bound) => bound?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static RuleModel? ReadPattern(RuleReading reading)
    {
        string pattern = reading.Text(0);
        if (!reading.Target.IsText)
            return reading.RefuseType("a string");
        if (pattern.Length == 0)
            return reading.Refuse("has no expression");
        try
        {
            _ = new Regex(pattern);
        }
        catch (ArgumentException exception)
        {
            return reading.Refuse($"has no valid expression: {exception.Message.TrimEnd('.')}");
        }

        int timeout = reading.Named("MatchTimeoutInMilliseconds", DefaultTimeoutMilliseconds);
        // -1 is no limit in the attribute; a client must not be able to keep a thread for ever.
        timeout = timeout < 1 ? DefaultTimeoutMilliseconds : timeout;
        return reading.Rule(RuleKind.Pattern, pattern, Shown(timeout), pattern);
    }

    private static RuleModel? ReadText(RuleReading reading, RuleKind kind)
    {
        bool isUri = kind == RuleKind.Url && reading.Target.TypeName == "global::System.Uri";
        return reading.Target.IsText || isUri ? reading.Rule(kind, "", "") : reading.RefuseType("a string");
    }

    private static RuleModel? ReadValues(RuleReading reading, RuleKind kind)
    {
        var literals = new List<string>();
        foreach (TypedConstant value in reading.Values)
        {
            if (ValueLiterals.Of(value, reading.Target) is not { } literal)
            {
                return reading.Refuse(
                    $"names {value.ToCSharpText()}, which no '{TypeNames.Shown(reading.Target.Type)}' is equal to");
            }

            if (!literals.Contains(literal))
                literals.Add(literal);
        }

        // Both values of a bool, or none at all: there is nothing to compare with.
        bool isBoth = literals.Contains("true") && literals.Contains("false");
        if (kind == RuleKind.AllowedValues ? literals.Count == 0 : isBoth)
            return reading.Refuse("is met by no value");
        if (literals.Count == 0 || isBoth)
            return null;
        return reading.Rule(kind, "", "") is { } rule ? rule with { Values = literals.ToEquatableArray() } : null;
    }

    private static RuleModel? ReadCompare(RuleReading reading)
    {
        string other = reading.Text(0);
        if (reading.Target.Container is not { } container)
            return reading.Refuse("compares members of a type, and this is a parameter");
        for (INamedTypeSymbol? type = container; type is not null; type = type.BaseType)
        {
            foreach (ISymbol member in type.GetMembers(other))
            {
                if (member is not IPropertySymbol { GetMethod: not null, IsStatic: false } property)
                    continue;
                return TypeNames.Qualified(TypeNames.UnwrapNullable(property.Type) ?? property.Type)
                    == reading.Target.TypeName
                        ? reading.Rule(RuleKind.Compare, other, "", other)
                        : reading.Refuse($"compares with '{other}', which is of another type");
            }
        }

        return reading.Refuse($"names '{other}', and '{container.Name}' has no such property");
    }
}
