using Microsoft.EntityFrameworkCore.Metadata;

namespace Cms.Data;

/// <summary>For providers, which add to the model what only their database needs.</summary>
public static class ModelProperties
{
    extension(IMutableTypeBase type)
    {
        /// <summary>The properties of a type, nullable or not, on an entity and on the complex values within it.</summary>
        public IEnumerable<IMutableProperty> PropertiesOf<T>()
            where T : struct =>
            type.GetProperties()
                .Where(property => property.ClrType == typeof(T) || property.ClrType == typeof(T?))
                .Concat(type.GetComplexProperties().SelectMany(inner => inner.ComplexType.PropertiesOf<T>()));
    }
}
