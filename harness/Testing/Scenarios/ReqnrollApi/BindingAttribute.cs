#if !UPSTREAM_PACKAGES
namespace Reqnroll;

/// <summary>Marks a class whose methods are step definitions, argument transformations or hooks.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BindingAttribute : Attribute;
#endif
