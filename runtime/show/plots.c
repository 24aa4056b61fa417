/* plots.c - see plots.h */

#include "show/plots.h"

#include <stdio.h>
#include <string.h>

#include "model.h"
#include "utf8.h"

/* After the lines that say which model it is and which results log.csv has. */
static const char *const script[] = {
    /* clang-format off */
    "set datafile separator \",\"",
    "set encoding utf8",
    "set termoption noenhanced",
    "",
    "stats \"log.csv\" using 1 every ::1 nooutput",
    "last = STATS_max",
    "step = ceil(last / 12.0)",
    "set style data linespoints",
    "set style line 1 lc rgb \"#3b6fb6\" lw 2 pt 7 ps (last > 40 ? 0 : 0.6)",
    "set style line 2 lc rgb \"#d1662b\" lw 2 pt 7 ps (last > 40 ? 0 : 0.6)",
    "set style line 3 lc rgb \"#4a8f52\" lw 2 pt 7 ps (last > 40 ? 0 : 0.6)",
    "set style line 4 lc rgb \"#7a4f9e\" lw 2 pt 7 ps (last > 40 ? 0 : 0.6)",
    "set border 3 lc rgb \"#808080\"",
    "set tics nomirror tc rgb \"#303030\"",
    "set grid lc rgb \"#dddddd\" lt 1",
    "set xrange [(last > 1 ? 1 : 0.5) : (last > 1 ? last + 0.02 * last : 1.5)]",
    "set xtics 0, step",
    "set xlabel \"epoch\"",
    "set key top right",
    "",
    "# Training, then test and held out images as far as log.csv has them; an accuracy is in the",
    "# column after its loss.",
    "series = 1 + tested + validated",
    "loss(i) = i == 1 ? 2 : i == 2 && tested ? 4 : 9",
    "style(i) = loss(i) == 9 ? 4 : i",
    "name(i) = i == 1 ? \"training\" : loss(i) == 9 ? \"validation\" : \"test\"",
    "",
    "# Written aside and renamed: whoever looks sees a whole picture, and two gnuplots write two files. A",
    "# PNG that a full disk cut short has no IEND at its end, and gnuplot does not tell.",
    "if (!exists(\"process\")) { process = 0 }",
    "aside(name) = sprintf(\".%s.%d.part\", name, process)",
    "finish(name) = system(sprintf(\"if tail -c 12 %s | grep -q IEND; then mv -f %s %s; else rm -f %s; fi\", aside(name), aside(name), name, aside(name)))",
    "",
    "set terminal pngcairo noenhanced size 960, 600 font \"sans,11\" background \"white\"",
    "set output aside(\"loss_curve.png\")",
    "set title model . \": loss\" font \",13\"",
    "set ylabel \"cross-entropy\"",
    "set yrange [0 : *]",
    "plot for [i = 1:series] \"log.csv\" using 1:(column(loss(i))) every ::1 ls style(i) title name(i)",
    "unset output",
    "result = finish(\"loss_curve.png\")",
    "",
    "set terminal pngcairo noenhanced size 1280, 860 font \"sans,10\" background \"white\"",
    "set output aside(\"training_plots.png\")",
    "set multiplot layout 2, 2 title model font \",14\" margins 0.07, 0.98, 0.07, 0.90 spacing 0.09, 0.13",
    "set title \"loss\" font \",12\"",
    "plot for [i = 1:series] \"log.csv\" using 1:(column(loss(i))) every ::1 ls style(i) title name(i)",
    "set title \"accuracy\"",
    "set ylabel \"percent\"",
    "set yrange [* : *]",
    "set key bottom right",
    "if (tested) {",
    "    stats \"log.csv\" using (column(loss(series) + 1)) every ::1 nooutput",
    "    set title sprintf(\"accuracy (best on %s: %.2f %%, epoch %d)\", name(series), 100 * STATS_max, STATS_index_max + 1)",
    "}",
    "plot for [i = 1:series] \"log.csv\" using 1:(100 * column(loss(i) + 1)) every ::1 ls style(i) title name(i)",
    "set offsets 0, 0, graph 0.05, 0",
    "set title \"learning rate (last step of the epoch)\"",
    "set ylabel \"learning rate\"",
    "set yrange [0 : *]",
    "unset key",
    "set format y \"%g\"",
    "plot \"log.csv\" using 1:6 every ::1 ls 3",
    "set format y",
    "set title \"throughput of training\"",
    "set ylabel \"images/s\"",
    "plot \"log.csv\" using 1:8 every ::1 ls 3",
    "unset multiplot",
    "unset output",
    "result = finish(\"training_plots.png\")",
    /* clang-format on */
};

/* Where there is a table of classes. */
static const char *const confusion_script[] = {
    /* clang-format off */
    "reset",
    "set datafile separator \",\"",
    "# The counts alone: a name may hold anything, and stands above at its place of the axes.",
    "counts = \"< sed -e 1d -e 's/^\\\".*\\\",//' -e t -e 's/^[^,]*,//' confusion.csv\"",
    "stats counts matrix nooutput",
    "most = STATS_max",
    "size = classes > 40 ? 1400 : 420 + 50 * (classes < 6 ? 6 : classes > 20 ? 20 : classes)",
    "set terminal pngcairo noenhanced size size, size * 0.92 font \"sans,10\" background \"white\"",
    "set output aside(\"confusion.png\")",
    "set title model . \": test images of each class, by prediction\" font \",13\"",
    "set xlabel \"predicted\"",
    "set ylabel \"true\"",
    "set palette defined (0 \"#ffffff\", 0.02 \"#e3ecf7\", 0.2 \"#9fbfe0\", 1 \"#1f4e8c\")",
    "set cblabel \"images\"",
    "set cbrange [0 : *]",
    "set xrange [-0.5 : classes - 0.5]",
    "set yrange [classes - 0.5 : -0.5]",
    "set xtics rotate by (classes <= 20 ? -40 : -90) scale 0 tc rgb \"#303030\" ()",
    "set ytics scale 0 tc rgb \"#303030\" ()",
    NULL, /* here the classes get their names */
    "set cbtics tc rgb \"#303030\"",
    "set border lc rgb \"#808080\"",
    "if (classes <= 20) {",
    "    plot counts matrix using 1:2:3 with image notitle, \\",
    "         \"\" matrix using 1:2:(sprintf(\"%d\", $3)):($3 > most / 2 ? 0xffffff : 0x303030) \\",
    "         with labels tc rgb variable notitle",
    "} else {",
    "    plot counts matrix using 1:2:3 with image notitle",
    "}",
    "unset output",
    "result = finish(\"confusion.png\")",
    /* clang-format on */
};

/* As gnuplot reads it back: in '...' only ' means something, and as a label of an axis %. Cut, so
 * that the picture has room. */
static void print_label(FILE *file, const char *axis, const char *name, int at)
{
    enum { LABEL_COLUMNS = 30 };
    char text[CLASS_NAME_BYTES + 3];

    utf8_cut(text, sizeof text, name, LABEL_COLUMNS);
    fprintf(file, "set %s add ('", axis);
    for (const char *c = text; *c; c++) {
        if (*c == '\'' || *c == '%')
            fputc(*c, file);
        fputc(*c, file);
    }
    fprintf(file, "' %d)\n", at);
}

static void print_names(FILE *file, const struct confusion *confusion)
{
    for (int i = 0; i < confusion->classes; i++) {
        print_label(file, "xtics", confusion->names[i], i);
        print_label(file, "ytics", confusion->names[i], i);
    }
}

static void print_confusion_script(FILE *file, const struct confusion *confusion)
{
    fprintf(file,
            "\nif (system(\"test -s confusion.csv && echo yes\") ne \"yes\") { exit }\n"
            "classes = %d\n",
            confusion->classes);
    for (size_t i = 0; i < sizeof confusion_script / sizeof *confusion_script; i++)
        if (confusion_script[i])
            fprintf(file, "%s\n", confusion_script[i]);
        else
            print_names(file, confusion);
}

static int write_script(const char *path, const struct plots_of *of, struct error *error)
{
    struct files_aside aside = {0};

    if (files_open_aside(&aside, path, error))
        return -1;
    fprintf(aside.file,
            "# Draws the plots of a training run of castnet. In its folder:  gnuplot plots.gp\n"
            "model = \"%s\"\ntested = %d\nvalidated = %d\n",
            MODEL_NAME, of->tested, of->validated);
    for (size_t i = 0; i < sizeof script / sizeof *script; i++)
        fprintf(aside.file, "%s\n", script[i]);
    if (of->confusion->classes > 0)
        print_confusion_script(aside.file, of->confusion);
    return files_commit(&aside, error);
}

/* command := what makes gnuplot work in the folder; a ' inside '...' is written twice. The number
 * is for the names of files in the making. */
static int make_command(char *command, const char *folder, struct error *error)
{
    char *at = command + sprintf(command, "process = %ld; cd '", process_id());

    for (; *folder; folder++) {
        if (at - command > PLOTS_COMMAND_BYTES - 40)
            return error_set(error, "path too long: %.60s...", folder);
        *at++ = *folder;
        if (*folder == '\'')
            *at++ = '\'';
    }
    strcpy(at, "'; load 'plots.gp'");
    return 0;
}

int plots_open(struct plots *plots, const char *folder, const struct plots_of *of,
               struct error *error)
{
    char path[FILES_PATH_BYTES];

    memset(plots, 0, sizeof *plots);
    plots->folder = folder;
    if (files_join(path, folder, "plots.gp", error) || write_script(path, of, error) ||
        make_command(plots->command, folder, error))
        return -1;
    plots->possible = process_can_start("gnuplot");
    return 0;
}

/* Half a picture of a gnuplot that was killed. */
static void remove_left(const struct plots *plots)
{
    static const char *const names[] = {"loss_curve.png", "training_plots.png", "confusion.png"};
    char path[FILES_PATH_BYTES];

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (snprintf(path, sizeof path, "%s/.%s.%ld.part", plots->folder, names[i], process_id()) <
            (int)sizeof path)
            remove(path);
}

void plots_draw(struct plots *plots)
{
    const char *const words[] = {"nice", "-n", "19", "gnuplot", "-e", plots->command, NULL};

    if (!plots->possible)
        return;
    if (process_is_running(&plots->process)) {
        plots->behind = true;
        return;
    }
    plots->failed |= plots->process.status != 0;
    plots->behind = false;
    plots->failed |= process_start(&plots->process, words) != 0;
}

void plots_close(struct plots *plots, double patience)
{
    plots->failed |= process_finish(&plots->process, patience) != 0;
    if (plots->behind && !plots->failed && patience > 0) {
        plots_draw(plots);
        plots->failed |= process_finish(&plots->process, patience) != 0;
    }
    if (plots->failed)
        remove_left(plots);
}
