#if !UPSTREAM_PACKAGES
namespace Reqnroll;

/// <summary>The method runs before the first step of every scenario.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BeforeScenarioAttribute : Attribute;

/// <summary>The method runs after the last step of every scenario, whatever its outcome.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AfterScenarioAttribute : Attribute;
#endif
