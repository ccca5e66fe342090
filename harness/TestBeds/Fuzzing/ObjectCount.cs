using System.Collections;
using System.Reflection;

namespace Conformance.TestBeds.Fuzzing;

/// <summary>Counts the objects that a node keeps, so that state which is never given up shows, whatever holds it.</summary>
internal static class ObjectCount
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Tables with a capacity: what they keep is bounded, and does not end by itself.</summary>
    private static readonly HashSet<string> _bounded = ["IdleTable`2", "NeighborTable", "NonceTable"];

    /// <summary>How many objects are reachable from a root through the types of the reference and through collections.</summary>
    public static int Of(object root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object>([root]);
        while (open.TryPop(out var next))
        {
            if (!IsFollowed(next) || (!next.GetType().IsValueType && !seen.Add(next)))
            {
                continue;
            }

            foreach (var part in next is IEnumerable elements and not string ? elements.Cast<object?>() : PartsOf(next))
            {
                if (part is not null)
                {
                    open.Push(part);
                }
            }
        }

        return seen.Count;
    }

    private static IEnumerable<object?> PartsOf(object value)
    {
        for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(Fields).Where(field => !field.FieldType.IsPrimitive && !field.FieldType.IsPointer))
            {
                yield return field.GetValue(value);
            }
        }
    }

    /// <summary>Behind a delegate are the host and the tester, which keep what they have seen.</summary>
    private static bool IsFollowed(object value)
    {
        var type = value.GetType();
        var space = type.Namespace ?? string.Empty;
        return !_bounded.Contains(type.Name)
            && value is not Delegate and not Type and not byte[]
            && !type.IsByRefLike
            && (
                space.StartsWith("Pmip.", StringComparison.Ordinal)
                || space.StartsWith("System.Collections", StringComparison.Ordinal)
                || space == "System" && (type.IsArray || type.IsGenericType)
                || type.IsArray
            );
    }
}
