using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Waymark.Generator.Emit;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;
using Waymark.Generator.Planning;

namespace Waymark.Generator;

/// <summary>The steps that make what finds the commands of lines.</summary>
/// <remarks>
/// <code>
/// [Command] --&gt; Commands (sorted) --+--&gt; CommandPlan --+--&gt; CommandFiles --&gt; Shop.Ftp.Commands.g.cs
/// [Constraint] ---------------------+                  +--&gt; problems --&gt; Waymark.CommandProblems.g.cs
/// </code>
/// Rules of this file: those of <see cref="RouteGenerator"/>. Routes know nothing of commands.
/// </remarks>
internal static class CommandSteps
{
    private static readonly IComparer<CommandModel> Order = Comparer<CommandModel>.Create(CommandChecks.Compare);

    public static void Register(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<TableSetup> routing,
        IncrementalValueProvider<bool> areAnalyzersOff)
    {
        IncrementalValueProvider<EquatableArray<CommandModel>> commands = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.CommandAttribute, static (_, _) => true, static (attributed, _) => Read(attributed))
            .SelectMany(static (read, _) => read)
            .Collect()
            .Select(static (read, _) => read.OrderBy(command => command, Order).ToEquatableArray())
            .WithTrackingName(TrackingNames.Commands);
        IncrementalValueProvider<EquatableArray<UserConstraint>> constraints = routing
            .Select(static (setup, _) => setup.Constraints);
        IncrementalValueProvider<CommandPlanModel> plan = commands.Combine(constraints)
            .Select(static (pair, _) => Plan(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.CommandPlan);
        context.RegisterSourceOutput(
            plan.SelectMany(static (plan, _) => plan.Files).WithTrackingName(TrackingNames.CommandFiles),
            static (output, file) => RouteGenerator.Add(output, file.HintName, () => CommandEmitter.Emit(file)));
        context.RegisterSourceOutput(
            plan.Combine(areAnalyzersOff)
                .Select(static (pair, _) => RouteGenerator.Unreported(pair.Left.Problems, pair.Right))
                .Combine(context.CompilationProvider)
                .Select(static (pair, _) => CommandPlaces.Of(pair.Left, pair.Right)),
            static (output, problems) =>
            {
                if (problems.Count == 0)
                    return;
                RouteGenerator.Add(
                    output, HintNames.WithEnding(HintNames.CommandProblems), () => ProblemEmitter.Emit(problems));
            });
    }

    private static EquatableArray<CommandModel> Read(GeneratorAttributeSyntaxContext attributed)
    {
        if (attributed.TargetSymbol is not IMethodSymbol { ContainingType: not null } method)
            return EquatableArray<CommandModel>.Empty;
        ImmutableArray<CommandModel>.Builder commands = ImmutableArray.CreateBuilder<CommandModel>();
        foreach (AttributeData attribute in attributed.Attributes)
        {
            try
            {
                if (CommandReader.Read(method, attribute) is { } command)
                    commands.Add(command);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                commands.Add(Failed(method, exception));
            }
        }

        return new EquatableArray<CommandModel>(commands.ToImmutable());
    }

    private static CommandModel Failed(IMethodSymbol method, Exception exception)
    {
        var type = new CommandClassModel(
            "", method.ContainingType.Name, EquatableArray<string>.Empty, "", null, true,
            EquatableArray<string>.Empty);
        Problem problem = Problem.AtMethod(
            RouteGenerator.InternalFailure,
            $"The generator failed on this command; the others are not affected. Please report: {exception}");
        return new CommandModel(
            type, "", method.Name, method.IsStatic, EquatableArray<CommandParameter>.Empty, CommandResult.Nothing,
            new EquatableArray<Problem>([problem]));
    }

    private static CommandPlanModel Plan(
        EquatableArray<CommandModel> commands, EquatableArray<UserConstraint> constraints)
    {
        try
        {
            return CommandPlan.Of(commands, constraints);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            RouteProblem failure = RouteGenerator.FailureOf("compare commands, so none is emitted", exception);
            return new CommandPlanModel(
                EquatableArray<CommandFileModel>.Empty, new EquatableArray<RouteProblem>([failure]));
        }
    }
}
