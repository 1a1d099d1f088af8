using Microsoft.Extensions.DependencyInjection;

namespace Cms.Bookmarks;

internal static class BookmarksFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddBookmarks() =>
            services
                .AddSingleton<AddBookmark>()
                .AddSingleton<RemoveBookmark>()
                .AddSingleton<NoteBookmark>()
                .AddSingleton<MergeBookmarks>()
                .AddSingleton<DeleteMyData>()
                .AddScoped<ListBookmarks>()
                .AddScoped<ExportMyData>()
                .AddScoped<IsBookmarked>()
                .AddScoped<BookmarkTargets>()
                .AddScoped<TombstoneByArticle>()
                .AddScoped<ChangesSinceEdition>()
                .AddScoped<BookmarkCards>()
                .AddScoped<ArticleOfTake>();
    }
}
