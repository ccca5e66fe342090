using System.Collections.Specialized;
using System.Globalization;
using System.Reflection;
using Reqnroll;
using Reqnroll.Analytics;
using Reqnroll.Bindings;
using Reqnroll.Bindings.Discovery;
using Reqnroll.Bindings.Provider;
using Reqnroll.Configuration;
using Reqnroll.EnvironmentAccess;
using Reqnroll.Infrastructure;
using Reqnroll.Plugins;
using Reqnroll.Tracing;
using Reqnroll.UnitTestProvider;

#pragma warning disable RS0030 // Reqnroll's calls return tasks. They are complete when they return: Synchronously ensures this.

namespace Conformance.Testing.Scenarios;

/// <summary>
/// Reqnroll's runtime for one set of step classes. It runs every step on the calling thread. Configuration files, plug-ins and
/// environment variables do not affect it. It writes no output and sends no telemetry. It is safe for concurrent use.
/// </summary>
internal sealed class ReqnrollHost
{
    private readonly FeatureInfo _feature = new(CultureInfo.GetCultureInfo("en-US"), "", "", "");
    private readonly ITestRunnerManager _manager;

    public ReqnrollHost(IReadOnlyList<Type> classes)
    {
        var builder = new ContainerBuilder { SkipLoadingProvider = true };
        var assembly = typeof(ReqnrollHost).Assembly;
        var container = builder.CreateGlobalContainer(assembly, new FixedConfiguration());
        container.RegisterInstanceAs<IUnitTestRuntimeProvider>(new NoSurroundings());
        container.RegisterInstanceAs(new StepClasses([.. classes]));
        var known = new KnownTexts();
        container.Resolve<RuntimePluginEvents>().CustomizeTestThreadDependencies += (_, thread) => known.Register(thread.ObjectContainer);
        _manager = container.Resolve<ITestRunnerManager>();
        _manager.Initialize(assembly);
        Synchronously(_manager.FireTestRunStartAsync);

        Registry = container.Resolve<IBindingRegistry>();
        var thread = builder.CreateTestThreadContainer(container);
        Matcher = thread.Resolve<IStepDefinitionMatchService>();
        Converter = thread.Resolve<IStepArgumentTypeConverter>();
    }

    public IBindingRegistry Registry { get; }

    public IStepDefinitionMatchService Matcher { get; }

    public IStepArgumentTypeConverter Converter { get; }

    /// <summary>Converts a step to Reqnroll's representation.</summary>
    public static StepInstance InstanceOf(Step step)
    {
        var type = Enum.Parse<StepDefinitionType>(step.Kind.ToString());
        var table = step.Table is { } rows ? new DataTable([.. rows.Rows[0]]) : null;
        foreach (var row in step.Table?.Rows.Skip(1) ?? [])
        {
            table!.AddRow([.. row]);
        }

        return new StepInstance(type, (StepDefinitionKeyword)type, $"{step.KeywordText} ", step.Text, step.DocString, table, null);
    }

    /// <summary>Takes a runner for the scenario. Disposing the result returns the runner.</summary>
    /// <param name="services">The objects to inject into step classes and drivers, by type.</param>
    public RunningScenario Begin(Scenario scenario, IEnumerable<object> services)
    {
        var runner = _manager.GetTestRunner(_feature);
        if (runner.FeatureContext is null)
        {
            Synchronously(() => runner.OnFeatureStartAsync(_feature));
        }

        runner.OnScenarioInitialize(new ScenarioInfo(scenario.Title, string.Empty, [.. scenario.Tags], new OrderedDictionary()), null);
        foreach (var service in services)
        {
            runner.ScenarioContext.ScenarioContainer.RegisterInstanceAs(service, service.GetType());
        }

        return new RunningScenario(runner);
    }

    /// <exception cref="InvalidOperationException">The call continues on another thread.</exception>
    internal static void Synchronously(Func<Task> call)
    {
        var task = call();
        if (!task.IsCompleted)
        {
            throw new InvalidOperationException("A step is asynchronous, but steps must run on the scenario's thread.");
        }

        task.GetAwaiter().GetResult();
    }

    /// <summary>The classes that are searched for bindings, instead of all classes of an assembly.</summary>
    private sealed record StepClasses(Type[] Types);

    private sealed class SelectedBindings(
        IRuntimeBindingSourceProcessor processor,
        IReqnrollAttributesFilter filter,
        IBindingAssemblyLoader loader,
        ReqnrollConfiguration configuration,
        IBindingProviderService provider,
        StepClasses classes
    ) : RuntimeBindingRegistryBuilder(processor, filter, loader, configuration, provider)
    {
        protected override Type[] GetAssemblyTypes(Assembly assembly, out string[] typeLoadErrors)
        {
            typeLoadErrors = [];
            return classes.Types;
        }
    }

    private sealed class FixedConfiguration : IRuntimeConfigurationProvider
    {
        public ReqnrollConfiguration LoadConfiguration(ReqnrollConfiguration reqnrollConfiguration)
        {
            reqnrollConfiguration.BindingCulture = CultureInfo.InvariantCulture;
            reqnrollConfiguration.StopAtFirstError = true;
            reqnrollConfiguration.TraceSuccessfulSteps = false;
            reqnrollConfiguration.CustomDependencies = [];
            Replace<IRuntimeBindingRegistryBuilder, SelectedBindings>();
            Replace<IReqnrollAttributesFilter, NoSurroundings>();
            Replace<IRuntimePluginLocator, NoSurroundings>();
            Replace<IReqnrollJsonLocator, NoSurroundings>();
            Replace<IEnvironmentOptions, NoSurroundings>();
            Replace<IAnalyticsRuntimeTelemetryService, NoSurroundings>();
            Replace<ITraceListener, NullListener>();
            return reqnrollConfiguration;

            void Replace<TService, TImplementation>() =>
                reqnrollConfiguration.CustomDependencies.Add(
                    typeof(TImplementation).AssemblyQualifiedName,
                    typeof(TService).AssemblyQualifiedName
                );
        }
    }

    /// <summary>
    /// Replaces the services through which Reqnroll reads its environment and reports to it. They find nothing and do nothing.
    /// </summary>
    private sealed class NoSurroundings
        : IRuntimePluginLocator,
            IReqnrollJsonLocator,
            IEnvironmentOptions,
            IAnalyticsRuntimeTelemetryService,
            IReqnrollAttributesFilter,
            IUnitTestRuntimeProvider
    {
        public bool IsDryRun => false;
        public bool IsRunningInContainer => false;
        public bool FormattersDisabled => true;
        public string? BindingsOutputFilepath => null;
        public string? FormattersJson => null;
        public IDictionary<string, string> FormatterSettings => new Dictionary<string, string>();

        public IReadOnlyList<string> GetAllRuntimePlugins() => [];

        public string? GetReqnrollJsonFilePath() => null;

        public void SendFeatureUseEvent(string featureName, Dictionary<string, string>? properties, Dictionary<string, double>? metrics) { }

        public void SendProjectRunningEvent() { }

        public void TestPending(string message) => throw new NotSupportedException(message);

        public void TestInconclusive(string message) => throw new NotSupportedException(message);

        public void TestIgnore(string message) => throw new NotSupportedException(message);

        public ScenarioExecutionStatus? DetectExecutionStatus(Exception exception) => null;

        /// <summary>
        /// Hides transformations without a valid pattern, for which Reqnroll would throw; <see cref="BindingLint"/> reports them.
        /// </summary>
        public IEnumerable<Attribute> FilterForReqnrollAttributes(IEnumerable<Attribute> customAttributes) =>
            new ReqnrollAttributesFilter()
                .FilterForReqnrollAttributes(customAttributes)
                .Where(attribute =>
                    attribute is not StepArgumentTransformationAttribute reader || TransformationPattern.FaultOf(reader.Regex) is null
                );
    }
}
