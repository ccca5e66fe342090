namespace Conformance.Testing.Scenarios;

/// <summary>
/// Marks a step that changes what it observes, for example by a registration that must be the first. It may only be the last step of a
/// scenario, because a later step would judge what the step itself has done.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LastStepAttribute : Attribute;
