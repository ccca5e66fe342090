using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Testing.Scenarios;

/// <summary>
/// A scenario that Reqnroll runs step by step. Exceptions of steps, transformations and hooks are passed on unchanged; after an
/// exception, only <see cref="End"/> may be called.
/// </summary>
public sealed class RunningScenario : IDisposable
{
    private readonly ITestRunner _runner;

    internal RunningScenario(ITestRunner runner) => _runner = runner;

    /// <summary>Runs the method with [BeforeScenario], if there is one.</summary>
    public void Begin() => ReqnrollHost.Synchronously(_runner.OnScenarioStartAsync);

    /// <exception cref="ScenarioFaultException">No phrase fits the step.</exception>
    public void Run(Step step)
    {
        var (text, document, table) = (step.Text, step.DocString, ReqnrollHost.InstanceOf(step).TableArgument);
        ReqnrollHost.Synchronously(() =>
            step.Kind switch
            {
                StepKeyword.Given => _runner.GivenAsync(text, document, table, step.KeywordText),
                StepKeyword.When => _runner.WhenAsync(text, document, table, step.KeywordText),
                _ => _runner.ThenAsync(text, document, table, step.KeywordText),
            }
        );
        if (_runner.ScenarioContext.ScenarioExecutionStatus != ScenarioExecutionStatus.OK)
        {
            throw new ScenarioFaultException($"No phrase fits '{text}'.");
        }
    }

    /// <summary>Runs the method with [AfterScenario], if there is one.</summary>
    public void End() => ReqnrollHost.Synchronously(_runner.OnScenarioEndAsync);

    public void Dispose() => TestRunnerManager.ReleaseTestRunner(_runner);
}
