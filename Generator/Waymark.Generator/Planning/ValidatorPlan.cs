using Waymark.Generator.Model;

namespace Waymark.Generator.Planning;

/// <summary>Which types are validated, and by which methods.</summary>
/// <param name="Namespace">Where the generated class lives; "" for the global namespace.</param>
/// <param name="Validators">Sorted by context and type; empty where nothing is validated.</param>
/// <param name="Failure">Why there is no plan; null where there is one.</param>
internal sealed record ValidatorPlan(
    string Namespace, EquatableArray<ValidatorModel> Validators, RouteProblem? Failure = null)
{
    public static ValidatorPlan None => new("", EquatableArray<ValidatorModel>.Empty);

    /// <summary>
    /// The types below the JSON bodies of the emitted routes that have a rule or a method of their own, or lead to one.
    /// </summary>
    public static ValidatorPlan Of(EquatableArray<RouteModel> routes, TableSetup setup)
    {
        var bodies = new SortedSet<string>(
            routes.SelectMany(route => route.Handler.Parameters)
                .SelectMany(parameter => parameter.Leaves)
                .Where(leaf => leaf is { Source: ParameterSource.Body, Body: BodyKind.Json })
                .Select(leaf => leaf.TypeName),
            StringComparer.Ordinal);
        var names = new NameSet(StringComparer.Ordinal, []);
        var validators = new List<ValidatorModel>();
        foreach (JsonContextModel context in setup.JsonContexts)
        {
            // As the thunks choose: of several contexts that list a type, the first one reads it.
            List<string> roots = bodies.Where(context.SerializableTypes.Contains).ToList();
            bodies.ExceptWith(roots);
            if (roots.Count > 0)
                validators.AddRange(new ContextValidators(context, roots.Select(Plain), names).Build());
        }

        return new ValidatorPlan(setup.Export?.Namespace ?? "", validators.ToEquatableArray());
    }

    /// <summary>
    /// The method that validates a body, below the generated class; null where nothing of it is validated.
    /// </summary>
    /// <param name="qualifiedType">The type of the body, as the models name it.</param>
    public string? MethodFor(string qualifiedType)
    {
        string plain = Plain(qualifiedType);
        foreach (ValidatorModel validator in Validators)
        {
            if (validator.IsRoot && validator.Shape.Type == plain)
                return "Validators.Validate_" + validator.Name;
        }

        return null;
    }

    /// <summary>Without the mark of <c>Nullable&lt;T&gt;</c>, which shapes do not have.</summary>
    private static string Plain(string type) => type.TrimEnd('?');
}

/// <summary>The validators of the types that one context reads.</summary>
internal sealed class ContextValidators
{
    private readonly Dictionary<string, TypeShape> _shapes;
    private readonly SortedDictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _roots;

    public ContextValidators(JsonContextModel context, IEnumerable<string> roots, NameSet names)
    {
        _shapes = context.Shapes.ToDictionary(shape => shape.Type, StringComparer.Ordinal);
        _roots = new HashSet<string>(roots, StringComparer.Ordinal);
        foreach (string type in Validated().OrderBy(type => type, StringComparer.Ordinal))
            _names.Add(type, names.Take(NameSet.Identifier(_shapes[type].Name)));
    }

    public IEnumerable<ValidatorModel> Build() => _names.Select(pair => Build(_shapes[pair.Key], pair.Value));

    /// <summary>The types below the roots that have something to check, or lead to one that does.</summary>
    private HashSet<string> Validated()
    {
        var leadsFrom = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var seen = new HashSet<string>(_roots.Where(_shapes.ContainsKey), StringComparer.Ordinal);
        var pending = new Queue<string>(seen);
        var checkedTypes = new Queue<string>();
        while (pending.Count > 0)
        {
            string type = pending.Dequeue();
            TypeShape shape = _shapes[type];
            if (shape.ValidateMethod.Length > 0 || shape.Members.Any(member => member.Rules.Count > 0))
                checkedTypes.Enqueue(type);
            foreach (string next in shape.ValidatedTypes().Where(_shapes.ContainsKey))
            {
                if (!leadsFrom.TryGetValue(next, out List<string>? from))
                    leadsFrom[next] = from = [];
                from.Add(type);
                if (seen.Add(next))
                    pending.Enqueue(next);
            }
        }

        // Backwards from what has a rule: whoever leads there has to pass it on.
        var validated = new HashSet<string>(checkedTypes, StringComparer.Ordinal);
        while (checkedTypes.Count > 0)
        {
            if (!leadsFrom.TryGetValue(checkedTypes.Dequeue(), out List<string>? from))
                continue;
            foreach (string type in from.Where(validated.Add))
                checkedTypes.Enqueue(type);
        }

        return validated;
    }

    private ValidatorModel Build(TypeShape shape, string name)
    {
        IEnumerable<ValidatedMember> members = shape.Members
            .Where(member => member.HasGetter)
            .Select(member => member with { Rules = WithNames(member.Rules, shape).ToEquatableArray() })
            .Select(member => new ValidatedMember(
                member, ValueOf(member), member.JsonType.Length == 0 ? CheckOf(member.Type) : ""))
            .Where(member => member.Check.Length > 0 || member.Member.Rules.Count > 0);
        IEnumerable<DerivedCheck> derived = shape.Derived
            .Where(other => other.Type != shape.Type && CheckOf(other.Type).Length > 0)
            .Select(other => new DerivedCheck(other.Type, CheckOf(other.Type)));
        return new ValidatorModel(
            name,
            // The members that are looked at stand beside the shape: another one does not print it again.
            shape with { Members = EquatableArray<MemberShape>.Empty },
            _roots.Contains(shape.Type),
            members.ToEquatableArray(),
            CheckOf(shape.Element),
            IsValueType(shape.Element),
            derived.ToEquatableArray());
    }

    /// <summary>A comparison names the other member as the client knows it.</summary>
    private static IEnumerable<RuleModel> WithNames(EquatableArray<RuleModel> rules, TypeShape shape)
    {
        foreach (RuleModel rule in rules)
        {
            MemberShape? other = rule is { Kind: RuleKind.Compare, Message: null }
                ? shape.Members.FirstOrDefault(member => member.Name == rule.Low)
                : null;
            yield return other is null ? rule : rule with { Message = $"must be equal to '{other.JsonName}'" };
        }
    }

    private CheckedValue ValueOf(MemberShape member)
    {
        TypeShape? shape = _shapes.TryGetValue(member.Type, out TypeShape? found) ? found : null;
        string element = shape?.Element ?? "";
        if (shape is { IsElementNullable: true } && IsValueType(element))
            element += "?";
        bool canBeNull = member.IsNullable || shape is not { IsValueType: true };
        return new CheckedValue(member.Type, shape?.Kind ?? ShapeKind.Any, element, canBeNull);
    }

    private string CheckOf(string type) => _names.TryGetValue(type, out string? name) ? name : "";

    private bool IsValueType(string type) => _shapes.TryGetValue(type, out TypeShape? shape) && shape.IsValueType;
}
