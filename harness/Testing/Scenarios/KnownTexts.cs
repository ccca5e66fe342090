using System.Collections.Concurrent;
using System.Globalization;
using Reqnroll.Bindings;
using Reqnroll.Bindings.Reflection;
using Reqnroll.BoDi;
using Reqnroll.Infrastructure;
using Reqnroll.Tracing;

namespace Conformance.Testing.Scenarios;

/// <summary>
/// Which method fits the text of a step, and which transformation fits that of an argument, each found once: scenarios repeat the texts,
/// and Reqnroll tries all phrases and all transformations each time. Safe for concurrent use.
/// </summary>
internal sealed class KnownTexts
{
    private readonly ConcurrentDictionary<(StepDefinitionType Kind, string Text), BindingMatch> _steps = new();
    private readonly ConcurrentDictionary<(string Text, IBindingType Type), IStepArgumentTransformationBinding?> _arguments = new();

    /// <summary>Replaces the services of Reqnroll that search, in the container of a thread.</summary>
    public void Register(ObjectContainer thread)
    {
        thread.RegisterFactoryAs<IStepArgumentTypeConverter>(container => new Converter(
            container.Resolve<ITestTracer>(),
            container.Resolve<IBindingRegistry>(),
            container.Resolve<IContextManager>(),
            container.Resolve<IAsyncBindingInvoker>(),
            this
        ));
        thread.RegisterFactoryAs<IStepDefinitionMatchService>(container => new Matcher(
            container.Resolve<StepDefinitionMatchService>(),
            this
        ));
    }

    private sealed class Matcher(StepDefinitionMatchService service, KnownTexts known) : IStepDefinitionMatchService
    {
        public bool Ready => service.Ready;

        /// <summary>No phrase is scoped: without a table or doc string, the match depends on the text alone.</summary>
        public BindingMatch GetBestMatch(
            StepInstance stepInstance,
            CultureInfo bindingCulture,
            out StepDefinitionAmbiguityReason ambiguityReason,
            out List<BindingMatch> candidatingMatches
        )
        {
            var key = (stepInstance.StepDefinitionType, stepInstance.Text);
            var isPlain = stepInstance is { TableArgument: null, MultilineTextArgument: null };
            if (isPlain && known._steps.TryGetValue(key, out var found))
            {
                (ambiguityReason, candidatingMatches) = (StepDefinitionAmbiguityReason.None, [found]);
                return found;
            }

            var match = service.GetBestMatch(stepInstance, bindingCulture, out ambiguityReason, out candidatingMatches);
            if (isPlain && match.Success)
            {
                known._steps[key] = match;
            }

            return match;
        }

        public BindingMatch Match(
            IStepDefinitionBinding stepDefinitionBinding,
            StepInstance stepInstance,
            CultureInfo bindingCulture,
            bool useRegexMatching = true,
            bool useParamMatching = true,
            bool useScopeMatching = true
        ) => service.Match(stepDefinitionBinding, stepInstance, bindingCulture, useRegexMatching, useParamMatching, useScopeMatching);
    }

    private sealed class Converter(
        ITestTracer tracer,
        IBindingRegistry registry,
        IContextManager contexts,
        IAsyncBindingInvoker invoker,
        KnownTexts known
    ) : StepArgumentTypeConverter(tracer, registry, contexts, invoker)
    {
        protected override IStepArgumentTransformationBinding? GetMatchingStepTransformation(
            object value,
            IBindingType typeToConvertTo,
            bool traceWarning
        ) =>
            value is string text
                ? known._arguments.GetOrAdd(
                    (text, typeToConvertTo),
                    _ => base.GetMatchingStepTransformation(value, typeToConvertTo, traceWarning)
                )
                : base.GetMatchingStepTransformation(value, typeToConvertTo, traceWarning);
    }
}
