using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers;

namespace Waymark.Benchmarks.Generation;

/// <summary>The rules, with a clock around each call of one.</summary>
/// <remarks>
/// The compiler's telemetry counts the time that passes, which on a busy machine is mostly that of others. Only what
/// the rules register is passed on: a new kind of action fails here until it is timed as well.
/// </remarks>
#pragma warning disable RS1001, RS1012, RS1025, RS1026, RS1036 // No compiler loads it: it passes on.
internal sealed class TimedAnalyzer : DiagnosticAnalyzer
{
    private readonly RouteAnalyzer _rules = new();
    private readonly Lock _lock = new();
    private double _milliseconds;

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => _rules.SupportedDiagnostics;

    /// <summary>What the calls of rules have taken together.</summary>
    public double Milliseconds
    {
        get
        {
            lock (_lock)
                return _milliseconds;
        }
    }

    public override void Initialize(AnalysisContext context) => _rules.Initialize(new TimedContext(context, this));

    private Action<T> Time<T>(Action<T> action) => context =>
    {
        double begun = ThreadClock.Milliseconds;
        action(context);
        double taken = ThreadClock.Milliseconds - begun;
        lock (_lock)
            _milliseconds += taken;
    };

    private sealed class TimedContext(AnalysisContext inner, TimedAnalyzer clock) : AnalysisContext
    {
        public override void EnableConcurrentExecution() => inner.EnableConcurrentExecution();

        public override void ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags analysisMode) =>
            inner.ConfigureGeneratedCodeAnalysis(analysisMode);

        public override void RegisterCompilationStartAction(Action<CompilationStartAnalysisContext> action) =>
            inner.RegisterCompilationStartAction(
                clock.Time<CompilationStartAnalysisContext>(start => action(new TimedStart(start, clock))));

        public override void RegisterCompilationAction(Action<CompilationAnalysisContext> action) =>
            throw new NotSupportedException();

        public override void RegisterSemanticModelAction(Action<SemanticModelAnalysisContext> action) =>
            throw new NotSupportedException();

        public override void RegisterSymbolAction(
            Action<SymbolAnalysisContext> action, ImmutableArray<SymbolKind> symbolKinds) =>
            throw new NotSupportedException();

        public override void RegisterCodeBlockStartAction<TLanguageKindEnum>(
            Action<CodeBlockStartAnalysisContext<TLanguageKindEnum>> action) => throw new NotSupportedException();

        public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) =>
            throw new NotSupportedException();

        public override void RegisterSyntaxTreeAction(Action<SyntaxTreeAnalysisContext> action) =>
            throw new NotSupportedException();

        public override void RegisterSyntaxNodeAction<TLanguageKindEnum>(
            Action<SyntaxNodeAnalysisContext> action, ImmutableArray<TLanguageKindEnum> syntaxKinds) =>
            throw new NotSupportedException();
    }

    private sealed class TimedStart(CompilationStartAnalysisContext inner, TimedAnalyzer clock)
        : CompilationStartAnalysisContext(inner.Compilation, inner.Options, inner.CancellationToken)
    {
        public override void RegisterSymbolAction(
            Action<SymbolAnalysisContext> action, ImmutableArray<SymbolKind> symbolKinds) =>
            inner.RegisterSymbolAction(clock.Time(action), symbolKinds);

        public override void RegisterSyntaxNodeAction<TLanguageKindEnum>(
            Action<SyntaxNodeAnalysisContext> action, ImmutableArray<TLanguageKindEnum> syntaxKinds) =>
            inner.RegisterSyntaxNodeAction(clock.Time(action), syntaxKinds);

        public override void RegisterAdditionalFileAction(Action<AdditionalFileAnalysisContext> action) =>
            inner.RegisterAdditionalFileAction(clock.Time(action));

        public override void RegisterCompilationEndAction(Action<CompilationAnalysisContext> action) =>
            throw new NotSupportedException();

        public override void RegisterSemanticModelAction(Action<SemanticModelAnalysisContext> action) =>
            throw new NotSupportedException();

        public override void RegisterCodeBlockStartAction<TLanguageKindEnum>(
            Action<CodeBlockStartAnalysisContext<TLanguageKindEnum>> action) => throw new NotSupportedException();

        public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) =>
            throw new NotSupportedException();

        public override void RegisterSyntaxTreeAction(Action<SyntaxTreeAnalysisContext> action) =>
            throw new NotSupportedException();
    }
}
