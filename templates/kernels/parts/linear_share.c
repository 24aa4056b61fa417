//- How large a unit is, where that is known only when the program runs.
//: if shares then
    int images, columns, column_blocks; /* of a unit; units of all columns */
//: end
