using Conformance.Testing.Data;
using Conformance.Testing.Edits;
using Conformance.Testing.Session;

namespace Conformance.Testing.Roles;

/// <summary>
/// The role of the implementation under test: all that the tester does for one role and not for another. The engine chooses it once for
/// a scenario.
/// </summary>
public interface IRoleUnderTest
{
    /// <summary>The paths that data packets take to and from the implementation.</summary>
    IDataPath Data { get; }

    /// <summary>Places the peers around the implementation, and lets the checks of the role see its messages.</summary>
    void Prepare();

    /// <summary>A router between MAG and LMA reports that the last packet in the tunnel was too big.</summary>
    /// <exception cref="ScenarioFaultException">The tester plays no such router in scenarios about the role.</exception>
    void ReportTooBig(EditList edits);

    /// <summary>
    /// Begins a session with a mobile node of a bookend, by a valid exchange that leaves no trace in those of the scenario.
    /// </summary>
    /// <returns>The reaction of the implementation; null where the tester plays no node that could have a session.</returns>
    Reaction? Serve(MobileNode node);

    /// <summary>Ends a session of <see cref="Serve"/>. The node is free afterwards, whatever the reaction.</summary>
    /// <returns>The reaction of the implementation; null if it need not have a session of the node any more.</returns>
    Reaction? Release(MobileNode node);

    /// <summary>Ends the sessions that the scenario began; not those of bookends. The outcome is not judged.</summary>
    void CleanUp();
}

/// <summary>Names the role that a class stands for, as the tags of scenarios do, or the roles of an interface, for readers.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface)]
public sealed class RoleUnderTestAttribute(string tag) : Attribute
{
    public string Tag { get; } = tag;
}

/// <summary>The role under test of a running scenario.</summary>
public sealed class ScenarioRole(string tag, IRoleUnderTest role)
{
    public IRoleUnderTest Role { get; } = role;

    /// <summary>Requires that the scenario tests the role that a phrase names.</summary>
    /// <exception cref="ScenarioFaultException">The scenario tests another role.</exception>
    public void Require(string tested)
    {
        if (tested != tag)
        {
            throw new ScenarioFaultException($"The step is about the {tested}; this scenario tests the {tag}.");
        }
    }

    /// <summary>The role as the one that a phrase is about.</summary>
    /// <exception cref="ScenarioFaultException">The scenario tests another role.</exception>
    public T As<T>()
        where T : class, IRoleUnderTest =>
        Role as T
        ?? throw new ScenarioFaultException(
            $"The phrase is for scenarios that test {RoleCatalogue.TagOf(typeof(T))}; this scenario tests {tag}."
        );
}
