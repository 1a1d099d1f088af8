using Cms.Changes;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Taxonomy;

internal static class TaxonomyFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddTaxonomy() =>
            services
                .AddSingleton(typeof(CreateTerm<,>))
                .AddSingleton(typeof(EditTerm<,>))
                .AddSingleton(typeof(RenameTerm<,>))
                .AddSingleton(typeof(MergeTerms<,>))
                .AddSingleton(typeof(DeleteTerm<,>))
                .AddScoped(typeof(ReadDeskTerm<,>))
                .AddScoped<ReadTerm>()
                .AddScoped<CategoryById>()
                .AddScoped<TagById>()
                .AddScoped<SourceById>()
                .AddChange(
                    ChangeKind.CategoryChanged,
                    (change, cursor) => new CategoryUpserted(cursor, change.OccurredAt, new(change.SubjectId.Value))
                )
                .AddChange(
                    ChangeKind.TagChanged,
                    (change, cursor) => new TagUpserted(cursor, change.OccurredAt, new(change.SubjectId.Value))
                )
                .AddChange(
                    ChangeKind.SourceChanged,
                    (change, cursor) => new SourceUpserted(cursor, change.OccurredAt, new(change.SubjectId.Value))
                );
    }
}
