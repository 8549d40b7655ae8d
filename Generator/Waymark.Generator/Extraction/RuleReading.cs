using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Waymark.Generator.Extraction.Shapes;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction;

/// <summary>The reading of one validation attribute: its arguments, and the problem where there is one.</summary>
internal sealed class RuleReading(AttributeData attribute, RuleTarget target)
{
    private static readonly ImmutableArray<string> ResourceArguments =
        ImmutableArray.Create("ErrorMessageResourceName", "ErrorMessageResourceType");

    public RuleTarget Target => target;

    public Problem? Problem { get; private set; }

    public int ArgumentCount => attribute.ConstructorArguments.Length;

    /// <summary>The values of <c>params object?[]</c>.</summary>
    public IEnumerable<TypedConstant> Values =>
        attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Array, IsNull: false } values]
            ? values.Values
            : [];

    /// <summary>The name without its ending: <c>Range</c>.</summary>
    public static string NameOf(AttributeData attribute)
    {
        string name = attribute.AttributeClass!.Name;
        const string ending = "Attribute";
        return name.EndsWith(ending, StringComparison.Ordinal) ? name.Substring(0, name.Length - ending.Length) : name;
    }

    public int? Number(int index) => ArgumentAt(index) is int number ? number : null;

    /// <summary>An argument as invariant text; "" where it is not given or null.</summary>
    public string Text(int index) => ArgumentAt(index) switch
    {
        string text => text,
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => "",
    };

    public T Named<T>(string name, T fallback) => JsonAttributes.Named(attribute, name, fallback);

    /// <summary>The rule, with the user's own message filled in; null where that cannot be filled.</summary>
    /// <param name="kind">What is asked.</param>
    /// <param name="low">See the model.</param>
    /// <param name="high">See the model.</param>
    /// <param name="shown">What stands at <c>{1}</c> and the following of a message.</param>
    public RuleModel? Rule(RuleKind kind, string low, string high, params object[] shown)
    {
        string? message = Named<string?>("ErrorMessage", null);
        if (message is not null)
        {
            try
            {
                message = string.Format(CultureInfo.InvariantCulture, message, [target.Name, .. shown]);
            }
            catch (FormatException)
            {
                return Refuse($"has a message whose places cannot be filled: \"{message}\"");
            }
        }

        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (ResourceArguments.Contains(argument.Key))
            {
                // The check itself is compiled; its sentence is ours.
                Problem = target.ProblemOf(
                    RuleReader.NotCompiled,
                    $"The message of [{NameOf(attribute)}] on '{target.Shown}' is not looked up: resources are read " +
                    "at run time, and messages are written at build. Use ErrorMessage.");
            }
        }

        return new RuleModel(kind, low, high, false, false, EquatableArray<string>.Empty, message);
    }

    /// <summary>Says that the attribute cannot be on a value of this type.</summary>
    public RuleModel? RefuseType(string wanted) =>
        Refuse($"is asked of '{TypeNames.Shown(target.Type)}', and it needs {wanted}");

    /// <summary>Says what is wrong, in the words behind the attribute's name.</summary>
    public RuleModel? Refuse(string what) => Refuse(target.ProblemOf(
        RuleReader.Impossible, $"[{NameOf(attribute)}] on '{target.Shown}' {what}. Change or remove it."));

    public RuleModel? Refuse(Problem problem)
    {
        Problem = problem;
        return null;
    }

    private object? ArgumentAt(int index) => index < ArgumentCount
        && attribute.ConstructorArguments[index] is { Kind: not TypedConstantKind.Array } argument
            ? argument.Value
            : null;
}
