namespace Conformance.TestBeds;

/// <summary>Changes to settings and rules of roles, found by the type of what they change.</summary>
public sealed class Changes
{
    private readonly IReadOnlyList<Delegate> _changes;

    private Changes(IReadOnlyList<Delegate> changes) => _changes = changes;

    public static Changes None { get; } = new([]);

    public static Changes To<T>(Func<T, T> change) => new([change]);

    public Changes AndTo<T>(Func<T, T> change) => Then(To(change));

    public Changes Then(Changes later) => new([.. _changes, .. later._changes]);

    /// <summary>The value after all changes to values of its type, in order.</summary>
    public T Apply<T>(T value) => _changes.OfType<Func<T, T>>().Aggregate(value, (changed, change) => change(changed));
}
